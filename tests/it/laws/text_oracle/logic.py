"""Kleene's logic: True, False, and None for unknown."""


def no(a):
    return None if a is None else not a


def both(answers):
    answers = list(answers)
    return False if False in answers else None if None in answers else True


def either(answers):
    return no(both(no(answer) for answer in answers))


def agree(answers):
    """What is the same in every case is known."""
    answers = set(answers)
    return answers.pop() if len(answers) == 1 else None


def counted(low, high, holds):
    """Whether a number between `low` and `high` is one that holds: yes, no, or it may be either."""
    return agree(holds(number) for number in range(low, min(high, 9) + 1))
