"""What marking a class leaves: tables, gradebooks, feedback, item analysis."""
