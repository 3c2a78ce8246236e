"""Stories that join several things of a review: the queue, the checks of a loop, its output, how the work stands."""
