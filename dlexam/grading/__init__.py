"""Marking a class: who handed in what, what each paper earned, and what a course decides of marks."""
