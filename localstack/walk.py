"""Drops the sample files into a deployed stack, waits until nothing moves any more, and shows what came of them.

infra/python localstack/walk.py [--name c360] [--c360 target/debug/c360]

Goes to AWS, or to whatever AWS_ENDPOINT_URL names. --c360: a command built with S3, to show a golden customer.
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
QUIET_SECONDS = 5


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--name", default="c360")
    parser.add_argument("--c360", type=pathlib.Path)
    arguments = parser.parse_args()
    stack = boto3.client("cloudformation").describe_stacks(StackName=arguments.name)["Stacks"][0]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
    drop(outputs["Landing"])
    wait_until_quiet(outputs)
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


def wait_until_quiet(outputs):
    """Nothing waits in any queue and nothing is worked on, for a while; a dead letter ends the wait at once."""
    sqs = boto3.client("sqs")

    def waiting(url):
        attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=list(COUNTS))["Attributes"]
        return sum(int(attributes[name]) for name in COUNTS)

    begun = quiet_since = time.monotonic()
    shown = None
    while time.monotonic() - quiet_since < QUIET_SECONDS:
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


def show_suppression(outputs):
    """The manifest of an extract names its newest file. Extracts lie in their bucket, or below the lake."""
    s3 = boto3.client("s3")
    for bucket, prefix in (place(outputs["Extracts"]), place(f"{outputs['Lake']}/extracts")):
        try:
            pointer = s3.get_object(Bucket=bucket, Key=f"{prefix}suppression_email/manifest.json")
        except s3.exceptions.NoSuchKey:
            continue
        manifest = json.load(pointer["Body"])
        key = prefix + manifest["file"]
        print(f"s3://{bucket}/{key}")
        print(s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode())
        return
    sys.exit("no suppression file was written")


if __name__ == "__main__":
    main()
