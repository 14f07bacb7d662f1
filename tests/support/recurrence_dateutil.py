"""What python3-dateutil makes of recurrence rules: a rule, DTSTART, end (exclusive) and limit a line, tabs between; the
occurrences on a line, or "?" when it refuses the rule or takes longer than the milliseconds of the first argument."""
import signal
import sys
from datetime import datetime
from itertools import islice, takewhile

from dateutil.rrule import rrulestr

FORM = "%Y%m%dT%H%M%S"


class TooLong(Exception):
    pass


def give_up(*_):
    raise TooLong


def answer(rule, start, end, limit):
    end = datetime.strptime(end, FORM)
    occurrences = takewhile(lambda at: at < end, rrulestr(rule, dtstart=datetime.strptime(start, FORM)))
    return " ".join(at.strftime(FORM).zfill(15) for at in islice(occurrences, int(limit)))


signal.signal(signal.SIGVTALRM, give_up)
patience = int(sys.argv[1]) / 1000
for line in sys.stdin:
    signal.setitimer(signal.ITIMER_VIRTUAL, patience)
    try:
        text = answer(*line.rstrip("\n").split("\t"))
    except (ValueError, TooLong) as why:
        text = "? " + type(why).__name__
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    print(text)
