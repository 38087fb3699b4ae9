import json
import logging
import subprocess
import sys

from deploy.logs import Json


def test_a_line_is_one_object_whatever_it_says():
    try:
        int("hai\ndòng")
    except ValueError:
        record = logging.LogRecord("nhip.x", logging.ERROR, "f", 1, "a %s\nb", ("Đ",), sys.exc_info())
    (line,) = Json().format(record).splitlines()
    said = json.loads(line)
    assert (said["level"], said["logger"], said["message"]) == ("ERROR", "nhip.x", "a Đ\nb")
    assert "ValueError: invalid literal" in said["trace"]


def test_everything_a_process_logs_is_json_where_it_is_set():
    code = (
        "from deploy.logs import begin; from deploy.settings import Settings; import logging;"
        "begin(Settings.read(log='json')); logging.getLogger('uvicorn.error').warning('w'); logging.warning('v')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert [json.loads(line)["message"] for line in done.stderr.splitlines()] == ["w", "v"]
