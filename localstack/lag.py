"""Measures the lag from a file's drop to the golden customers that know of it, in a lake that holds many already.

infra/python localstack/lag.py --project DEMO --fresh OTHER [--name c360] [--rows 1000] [--drops 5]

DEMO and OTHER are folders that `c360 demo` wrote (another --seed for OTHER). DEMO's lake is copied into the deployed stack's;
then files of --rows contacts of OTHER are dropped, one after another, each when all is quiet. A file's time ends with the
commit to gold.dim_customer that follows it. Prints seconds by file, and their median.
"""

import argparse
import concurrent.futures
import csv
import io
import pathlib
import statistics
import sys
import time

import boto3

import walk

PATIENCE_SECONDS = 900
SENDERS = 16


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--project", type=pathlib.Path, required=True)
    parser.add_argument("--fresh", type=pathlib.Path, required=True)
    parser.add_argument("--name", default="c360")
    parser.add_argument("--rows", type=int, default=1_000)
    parser.add_argument("--drops", type=int, default=5)
    arguments = parser.parse_args()
    stack = boto3.client("cloudformation").describe_stacks(StackName=arguments.name)["Stacks"][0]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
    copy_lake(arguments.project / "lake", outputs["Lake"])
    walk.wait_until_quiet(outputs)
    bucket, prefix = walk.place(outputs["Landing"])
    lags = []
    for number, content in enumerate(files(arguments.fresh, arguments.rows, arguments.drops)):
        before = golden_version(outputs["Lake"])
        dropped = time.monotonic()
        key = f"{prefix}crm_contacts_lag_{number}.csv"
        boto3.client("s3").put_object(Bucket=bucket, Key=key, Body=content)
        while golden_version(outputs["Lake"]) == before:
            if time.monotonic() - dropped > PATIENCE_SECONDS:
                sys.exit(f"{key}: nothing after {PATIENCE_SECONDS} s")
            time.sleep(0.2)
        lags.append(time.monotonic() - dropped)
        print(f"{key}: {lags[-1]:.1f} s", flush=True)
        walk.wait_until_quiet(outputs)
    print(f"median of {len(lags)}: {statistics.median(lags):.1f} s")


def copy_lake(folder, location):
    """Data first, then the logs: what a log names is there."""
    bucket, prefix = walk.place(location)
    paths = sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda path: "_delta_log" in path.parts)
    s3 = boto3.client("s3")
    for is_log in (False, True):
        some = [path for path in paths if ("_delta_log" in path.parts) == is_log]
        with concurrent.futures.ThreadPoolExecutor(SENDERS) as senders:
            put = lambda path: s3.upload_file(str(path), bucket, prefix + path.relative_to(folder).as_posix())
            list(senders.map(put, some))
    print(f"copied {len(paths)} files to {location}", flush=True)


def files(project, rows, count):
    """Contacts of other people, under ids that the lake does not know."""
    source = next(project.glob("landing/crm_contacts*.csv"))
    with source.open(newline="", encoding="utf-8") as lines:
        reader = csv.reader(lines)
        header = next(reader)
        for _ in range(count):
            text = io.StringIO()
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow(header)
            for row, _ in zip(reader, range(rows)):
                writer.writerow([f"lag-{row[0]}", *row[1:]])
            yield text.getvalue().encode()


def golden_version(location):
    bucket, prefix = walk.place(f"{location}/gold/dim_customer/_delta_log")
    listed = boto3.client("s3").list_objects_v2(Bucket=bucket, Prefix=prefix)
    return max((entry["Key"] for entry in listed.get("Contents", []) if entry["Key"].endswith(".json")), default=None)


if __name__ == "__main__":
    main()
