"""Exams: from a blueprint and a roster to papers that nobody can foresee and that can be marked."""

from dlexam.exam.exam import Exam
from dlexam.exam.record import load_exam

__all__ = ["Exam", "load_exam"]
