"""What the two Python programs share: jobs in, signed URLs out, as ../README.md says."""
import json
import sys


def run(sign):
    answers = []
    for job in json.load(sys.stdin):
        try:
            answers.append({"id": job["id"], "url": sign(job)})
        except Exception as error:  # whatever the SDK raises is this job's answer
            answers.append({"id": job["id"], "error": repr(error)})
    json.dump(answers, sys.stdout)
