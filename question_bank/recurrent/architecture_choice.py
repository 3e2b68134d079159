r"""Which recurrent architecture?

A recurrent network is to be built for this task:

*<task>*

Which architecture fits best?

- *many-to-one*: a sequence comes in, one answer comes out at its end.
- *one-to-many*: one thing that is no sequence comes in, a sequence comes out.
- *many-to-many*: a sequence comes in, and one answer comes out at every time step of it.
- *seq2seq*: a sequence comes in and is read to its end; then a sequence of another length comes out.
"""

from dlexam import one_of, step

about = dict(minutes=1, tags=["rnn", "architectures"])

TASKS = {
    "Decide whether a film review is positive or negative.": "many-to-one",
    "Detect from an hour of heartbeats whether a patient has an irregular heart rhythm.": "many-to-one",
    "Name the composer of a piece of music that is given as a sequence of notes.": "many-to-one",
    "Forecast tomorrow's electricity demand from the demand of the last 30 days.": "many-to-one",
    "Decide from the text of an e-mail whether it is spam.": "many-to-one",
    "Recognise which of ten sports a short video clip shows.": "many-to-one",
    "Estimate the remaining life of an engine, in hours, from its sensor readings of the last week.": "many-to-one",
    "Write a caption for a photograph.": "one-to-many",
    "Compose a melody, given only the name of a musical style.": "one-to-many",
    "Produce a product description, word by word, from a single photo of the product.": "one-to-many",
    "Draw a handwritten digit, stroke by stroke, given which digit it should be.": "one-to-many",
    "Make up a name for a new company, letter by letter, given its line of business as one of 20 categories.": "one-to-many",
    "Write the chemical formula of a substance, letter by letter, given one vector of measurements.": "one-to-many",
    "Give the part of speech of each word of a sentence.": "many-to-many",
    "Mark every word of a news article as part of the name of a person or not.": "many-to-many",
    "Decide for each frame of a surveillance video whether somebody is in it.": "many-to-many",
    "Label each sample of a sleep recording with the stage of sleep.": "many-to-many",
    "Predict the next letter after every letter of a text, to train a language model.": "many-to-many",
    "Say at every second of a recording whether a bird can be heard.": "many-to-many",
    "Translate sentences from German to English.": "seq2seq",
    "Summarise a news article in one or two sentences.": "seq2seq",
    "Turn the recording of a sentence into its text.": "seq2seq",
    "Answer the question of a customer with a written sentence.": "seq2seq",
    "Turn dates such as 'the 3rd of May 2021' into the form 2021-05-03, letter by letter.": "seq2seq",
    "Correct the grammar of a sentence; words may be added or removed.": "seq2seq",
}

REASONS = {
    "many-to-one": "The whole sequence leads to one answer, which can be given only at its end.",
    "one-to-many": "The input is no sequence: it starts the network, which then goes on from its own outputs.",
    "many-to-many": "Each time step of the input has an answer of its own, so input and output have the same length and run in step.",
    "seq2seq": "Input and output are sequences of different lengths that do not run in step, so an encoder reads first and a decoder writes then.",
}

SIDES = {
    "many-to-one": ("sequence", "one answer"),
    "one-to-many": ("one thing", "sequence"),
    "many-to-many": ("sequence", "one answer a time step"),
    "seq2seq": ("sequence", "another sequence"),
}

given = dict(task=one_of(*TASKS))

words = dict(
    comes_in=lambda architecture: SIDES[architecture][0],
    comes_out=lambda architecture: SIDES[architecture][1],
)


@step(symbol=r"\text{architecture}", marks=1, options=("many-to-one", "one-to-many", "many-to-many", "seq2seq"))
def architecture(task):
    """Ask what comes in, what comes out, and whether the two run in step."""
    if task not in TASKS:
        msg = f"the task '{task}' is not one of this question"
        raise ValueError(msg)
    return TASKS[task]


@architecture.working
def reason(architecture):
    return REASONS[architecture]


@architecture.mistake(when=lambda task: TASKS.get(task) == "seq2seq")
def run_in_step(task):
    """In a many-to-many network each input has its own output at once; here the lengths differ, and the first output may need the last input."""
    return "many-to-many"


@architecture.mistake(when=lambda task: TASKS.get(task) == "many-to-many")
def decoder_not_needed(task):
    """Input and output run in step here, with one answer for each time step, so no decoder is needed."""
    return "seq2seq"


@architecture.mistake(when=lambda task: TASKS.get(task) == "many-to-one")
def one_answer_only(task):
    """Only one answer is wanted, after the whole sequence; many-to-many gives one at every time step."""
    return "many-to-many"


@architecture.mistake(when=lambda task: TASKS.get(task) == "one-to-many")
def input_is_no_sequence(task):
    """What comes in is no sequence, so there is nothing to encode step by step."""
    return "seq2seq"


pytorch = """
comes_in, comes_out = <comes_in>, <comes_out>
architectures = {
    ("sequence", "one answer"): "many-to-one",
    ("one thing", "sequence"): "one-to-many",
    ("sequence", "one answer a time step"): "many-to-many",
    ("sequence", "another sequence"): "seq2seq",
}
architecture = architectures[comes_in, comes_out]
"""
