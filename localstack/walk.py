"""Drops the sample files into a deployed stack, waits until nothing moves any more, and shows what came of them.

infra/python localstack/walk.py [--name c360] [--c360 target/debug/c360]

Goes to AWS, or to whatever AWS_ENDPOINT_URL names. --c360: a command built with S3 (`cargo build --features s3`), to show a
golden customer.
"""

import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

import boto3

SAMPLE = pathlib.Path(__file__).with_name("sample")
STAGES = ("standardize", "resolve", "golden", "extract")
COUNTS = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed")
PATIENCE_SECONDS = 600
# Between a put and its message, and so between two stages, AWS takes seconds; what SQS counts is approximate. The last file
# of the chain tells more surely that all is done than empty queues do; where it was there before, nothing new may come.
QUIET_SECONDS = 5
QUIET_SECONDS_UNSURE = 60
LAST_EXTRACT = "suppression_email"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--name", default="c360")
    parser.add_argument("--c360", type=pathlib.Path)
    arguments = parser.parse_args()
    stack = boto3.client("cloudformation").describe_stacks(StackName=arguments.name)["Stacks"][0]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
    before = manifest(outputs)
    drop(outputs["Landing"])
    wait_until_quiet(outputs, lambda: manifest(outputs) != before)
    if arguments.c360:
        show_customer(arguments.c360, outputs["Lake"])
    show_suppression(outputs)


def place(location):
    bucket, _, prefix = location.removeprefix("s3://").partition("/")
    return bucket, f"{prefix}/" if prefix else ""


def drop(landing):
    bucket, prefix = place(landing)
    for path in sorted((SAMPLE / "landing").iterdir()):
        print(f"drop     s3://{bucket}/{prefix}{path.name}")
        boto3.client("s3").upload_file(str(path), bucket, prefix + path.name)


def wait_until_quiet(outputs, is_done=lambda: True):
    """Nothing waits in any queue and nothing is worked on, for a while: a short one where `is_done`. A dead letter ends the
    wait at once."""
    sqs = boto3.client("sqs")

    def waiting(url):
        attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=list(COUNTS))["Attributes"]
        return sum(int(attributes[name]) for name in COUNTS)

    begun = quiet_since = time.monotonic()
    shown = None
    while True:
        quiet = time.monotonic() - quiet_since
        if quiet >= QUIET_SECONDS_UNSURE or quiet >= QUIET_SECONDS and is_done():
            break
        dead = [stage for stage in STAGES if waiting(outputs[f"{stage}DeadLetterUrl"])]
        if dead:
            sys.exit(f"a message failed for good: see the dead letters of {', '.join(dead)}, and the log")
        busy = [stage for stage in STAGES if waiting(outputs[f"{stage}QueueUrl"])]
        if busy:
            quiet_since = time.monotonic()
            if busy != shown:
                print(f"{quiet_since - begun:7.1f} s  {', '.join(busy)}")
                shown = busy
        if time.monotonic() - begun > PATIENCE_SECONDS:
            sys.exit(f"still at work after {PATIENCE_SECONDS} s: {', '.join(busy)}")
        time.sleep(0.3)
    print(f"{quiet_since - begun:7.1f} s  done")


def show_customer(c360, lake):
    """The golden customer with most source records, as `c360 show` tells of it."""
    with tempfile.TemporaryDirectory() as folder:
        project = pathlib.Path(folder) / "project"
        shutil.copytree(SAMPLE, project)
        settings = project / "c360.toml"
        settings.write_text(settings.read_text().replace('"./lake"', json.dumps(lake)))
        # Relative places in the project are looked for where the command runs.
        run = lambda *words: subprocess.run(
            [c360.absolute(), *words, "--project", project], check=True, text=True, stdout=subprocess.PIPE
        ).stdout
        found = run("query", "SELECT customer_id FROM gold.dim_customer ORDER BY source_record_count DESC, 1 LIMIT 1")
        print(run("show", re.search(r"\bP-\w+", found).group()))


def manifest(outputs):
    """What an extract's manifest says, and where it lies: in the extracts' bucket, or below the lake; `None`: nowhere yet."""
    s3 = boto3.client("s3")
    for bucket, prefix in (place(outputs["Extracts"]), place(f"{outputs['Lake']}/extracts")):
        try:
            pointer = s3.get_object(Bucket=bucket, Key=f"{prefix}{LAST_EXTRACT}/manifest.json")
        except s3.exceptions.NoSuchKey:
            continue
        return bucket, prefix, json.load(pointer["Body"])
    return None


def show_suppression(outputs):
    """The manifest of an extract names its newest file."""
    found = manifest(outputs)
    if not found:
        sys.exit(f"no {LAST_EXTRACT} was written")
    bucket, prefix, said = found
    key = prefix + said["file"]
    print(f"s3://{bucket}/{key}")
    print(boto3.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read().decode())


if __name__ == "__main__":
    main()
