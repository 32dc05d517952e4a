"""One JSON object a line, with the facts given in `extra` and no personal text."""

import json
import logging

STANDARD = set(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "request", "taskName"}


class JsonLines(logging.Formatter):
    """Formats a log record as one line of JSON; control characters are escaped by JSON itself."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {key: value for key, value in record.__dict__.items() if key not in STANDARD}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)
