"""The work of a build, a paper at a time: in this process, in several, or on a Dask cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dlexam.bank import Bank, load_bank
from dlexam.exam.exam import Exam
from dlexam.exam.record import check_files, read
from dlexam.exam.roster import Student
from dlexam.graph import QuestionError

if TYPE_CHECKING:
    from dlexam.blocks import Document
    from dlexam.paper import Paper

Pool = Callable[[], Executor]
MOST_RESTARTS = 3  # of the processes of a build that lost one


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is made of every paper: in which formats, by which PDF engine, and how it looks."""

    formats: tuple[str, ...] = ("pdf",)
    engine: str = "weasyprint"
    form: bool = False
    solutions: bool = True
    schemes: bool = True
    large_print: bool = False
    extra_time: int = 0
    size: str = "a4"
    templates: Path | None = None

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders that a paper has files in."""
        return ("papers", *["solutions"] * self.solutions, *["schemes"] * self.schemes)


@dataclass(frozen=True, slots=True)
class Job:
    """One paper to make, with all that it needs: the record of the exam with this paper only."""

    student: Student
    record: str
    folders: tuple[Path, ...]
    wanted: Wanted
    key: str  # of what the files follow from

    @property
    def names(self) -> tuple[str, ...]:
        """The files to make."""
        slug, wanted = self.student.slug, self.wanted
        return tuple(f"{folder}/{slug}.{form}" for folder in wanted.folders for form in wanted.formats)


@dataclass(frozen=True, slots=True)
class Made:
    """The files of a paper, or in one line why there are none."""

    student: str
    files: tuple[tuple[str, bytes], ...] = ()
    problem: str = ""


def make(job: Job, bank: Bank | None = None) -> Made:
    """The files of one paper. Whatever goes wrong is this paper's problem only."""
    try:
        exam = read(job.record, bank or bank_of(job.folders, job.key))
        if bank is None:  # another process or machine, which may have other files
            check_files(exam, {draw.question for draws in exam.draws.values() for draw in draws}, False)
        return Made(job.student.id, tuple(zip(job.names, pages(exam, job), strict=True)))
    except Exception as problem:
        why = " ".join(str(problem).split()) or type(problem).__name__
        return Made(job.student.id, problem=f"{job.student.id}: {why}")


@lru_cache(maxsize=2)
def bank_of(folders: tuple[Path, ...], key: str) -> Bank:
    """The bank in these folders, kept for the next paper of a build."""
    return load_bank(*folders)


def pages(exam: Exam, job: Job) -> Iterator[bytes]:
    """The files of a paper in the order of their names."""
    from dlexam import render

    wanted = job.wanted
    paper = exam.paper(job.student.id)
    for folder in wanted.folders:
        large = wanted.large_print or job.student.large_print
        document = replace(document_of(folder, exam, paper, job), size=wanted.size, large=large)
        for form in wanted.formats:
            drawn = render.FORMATS[form]
            if form == "pdf":
                drawn = render.engine_for(wanted.engine, form=wanted.form and folder == "papers")
            page = drawn(document, wanted.templates)
            yield page if isinstance(page, bytes) else page.encode()


def engine(name: str, papers: int, form: bool) -> str:
    """The PDF engine that `auto` stands for with so many papers. Raises RenderError where it cannot be."""
    from dlexam import render

    return "typst" if render.engine_for(name, papers, form) is render.typst_pdf else "weasyprint"


def document_of(folder: str, exam: Exam, paper: Paper, job: Job) -> Document:
    """What goes into a folder: the paper as it is handed out, its solutions or its marking scheme."""
    from dlexam.exam import document as to

    if folder == "papers":
        return to.paper_document(exam, paper, job.student.extra_time or job.wanted.extra_time)
    return (to.solutions_document if folder == "solutions" else to.scheme_document)(exam, paper)


# ---------------------------------------------------------------- one after another, or many at once


def run(jobs: Sequence[Job], bank: Bank, pool: Pool | None) -> Iterator[Made]:
    """Make the papers, in whatever order they are ready; without a pool, here and one after another."""
    if pool is None:
        yield from (make(job, bank) for job in jobs)
        return
    left = {job.student.id: job for job in jobs}
    for _ in range(MOST_RESTARTS):
        for made in together(list(left.values()), pool()):
            del left[made.student]
            yield made
        if not left:
            return
    for id in left:
        yield Made(id, problem=f"{id}: the process that made it ended. Run again with fewer --workers.")


def together(jobs: Sequence[Job], pool: Executor) -> Iterator[Made]:
    """What a pool makes of some jobs; it ends early where the pool loses a process."""
    futures: list[Future[Made]] = []
    try:
        futures += [pool.submit(make, job) for job in jobs]
        for future in as_completed(futures):
            yield future.result()
    except BrokenExecutor:
        return
    finally:
        for future in futures:
            future.cancel()
        pool.shutdown()


@contextmanager
def pools(workers: int, address: str = "") -> Iterator[Pool | None]:
    """What makes a pool: processes of this machine, or a Dask cluster; None where one process is enough."""
    if address:
        with connected(address) as client:
            yield lambda: client.get_executor(pure=False)
    else:
        yield partial(processes, workers) if workers > 1 else None


def processes(workers: int) -> Executor:
    """A pool of this many processes. They start afresh: a fork might copy a lock that is locked."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(workers, get_context("spawn"))


def connected(address: str) -> Any:
    """A client of a Dask cluster, which itself passes on the work of a lost worker. Raises QuestionError."""
    try:
        from distributed import Client
    except ImportError:
        raise QuestionError("--dask: distributed is not installed. Run pip install 'dlexam[dask]'.") from None
    try:
        return Client(address, timeout="5s", set_as_default=False)
    except (OSError, ValueError) as problem:
        why = f"there is no cluster ({' '.join(str(problem).split())[:100]})"
        raise QuestionError(f"--dask {address}: {why}. Start one, or leave --dask out.") from None
