"""Passes calls on to boto3, for the tests: one JSON object per line comes in, one per line goes out.

In:  {"service": "s3", "method": "put_object", "arguments": {…}, "file": PATH for Body, "credentials": {…}, "headers": {…}}
Out: {"reply": {…}} or {"refused": {"code": …, "status": …, "message": …}}
"""

import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

# A refusal is an answer: nothing is asked twice.
ONCE = Config(retries={"total_max_attempts": 1})
clients = {}


def client(call):
    key = json.dumps([call["service"], call.get("credentials"), call.get("headers")], sort_keys=True)
    if key not in clients:
        made = boto3.client(call["service"], config=ONCE, **call.get("credentials") or {})
        for name, value in (call.get("headers") or {}).items():
            made.meta.events.register(
                "before-send", lambda request, name=name, value=value, **_: request.headers.update({name: value})
            )
        clients[key] = made
    return clients[key]


def answer(call):
    arguments = dict(call.get("arguments") or {})
    if call.get("file"):
        arguments["Body"] = open(call["file"], "rb").read()
    try:
        reply = getattr(client(call), call["method"])(**arguments)
    except ClientError as error:
        response = error.response
        return {
            "refused": {
                "code": response["Error"]["Code"],
                "status": response["ResponseMetadata"]["HTTPStatusCode"],
                "message": response["Error"].get("Message", ""),
            }
        }
    reply.pop("ResponseMetadata", None)
    for stream in ("Body", "Payload"):
        if hasattr(reply.get(stream), "read"):
            reply[stream] = reply[stream].read().decode("utf-8", "replace")
    return {"reply": reply}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line)), default=str), flush=True)
