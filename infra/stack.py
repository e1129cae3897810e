"""Deploys, shows and deletes the stack of template.yaml, on AWS or on whatever AWS_ENDPOINT_URL names.

infra/python infra/stack.py deploy --zips dist [--name c360] [--parameter Pace=test …]
infra/python infra/stack.py outputs [--name c360]
infra/python infra/stack.py delete [--name c360] [--with-data]
"""

import argparse
import hashlib
import json
import pathlib
import sys

import boto3
from botocore.exceptions import ClientError, WaiterError

TEMPLATE = pathlib.Path(__file__).with_name("template.yaml")
FUNCTIONS = ("standardize", "resolve", "golden", "extract", "maintenance")
# Notifications that this script sets on a landing bucket that is not the stack's.
NOTIFICATION = "{name}-landing"


def main():
    arguments = parse(sys.argv[1:])
    stack = Stack(arguments.name)
    if arguments.verb == "deploy":
        stack.deploy(arguments.zips, dict(pair.split("=", 1) for pair in arguments.parameter))
    elif arguments.verb == "delete":
        stack.delete(arguments.with_data)
    if arguments.verb != "delete":
        print(json.dumps(stack.outputs(), indent=2, sort_keys=True))


def parse(words):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=["deploy", "outputs", "delete"])
    parser.add_argument("--name", default="c360", help="parameter Name and name of the stack")
    parser.add_argument("--zips", type=pathlib.Path, default=pathlib.Path("dist"), help="what infra/package wrote")
    parser.add_argument("--parameter", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--with-data", action="store_true", help="delete the buckets with all they hold, too")
    return parser.parse_args(words)


class Stack:
    def __init__(self, name):
        self.name = name
        session = boto3.Session()
        region = session.region_name
        if not region:
            sys.exit("no region: set AWS_REGION")
        self.cloudformation = session.client("cloudformation")
        self.s3 = session.client("s3")
        account = session.client("sts").get_caller_identity()["Account"]
        self.bucket = lambda content: f"{name}-{content}-{account}-{region}"
        self.region = region

    def deploy(self, zips, parameters):
        prefix = self.upload(zips)
        given = {"Name": self.name, "CodeBucket": self.bucket("code"), "CodePrefix": prefix, **parameters}
        call = {
            "StackName": self.name,
            "TemplateURL": self.s3.generate_presigned_url(
                "get_object", {"Bucket": self.bucket("code"), "Key": f"{prefix}/template.yaml"}
            ),
            "Parameters": [{"ParameterKey": key, "ParameterValue": value} for key, value in given.items()],
            "Capabilities": ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
        }
        verb = "update" if self.status() else "create"
        try:
            getattr(self.cloudformation, f"{verb}_stack")(**call)
            self.wait(f"stack_{verb}_complete")
        except ClientError as error:
            if "No updates are to be performed" not in str(error):
                raise
        if parameters.get("ExistingLandingBucket"):
            self.notify(parameters["ExistingLandingBucket"], parameters.get("LandingPrefix", "in"))

    def upload(self, zips):
        """Zips and template go below a prefix made of their content, so that CloudFormation sees other code as other."""
        files = [TEMPLATE] + [zips / f"{name}.zip" for name in FUNCTIONS]
        for path in files:
            if not path.exists():
                sys.exit(f"{path} is missing: run infra/package first")
        digest = hashlib.sha256()
        for path in files:
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        bucket, prefix = self.bucket("code"), digest.hexdigest()[:16]
        place = {} if self.region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": self.region}}
        try:
            self.s3.create_bucket(Bucket=bucket, **place)
        except (self.s3.exceptions.BucketAlreadyOwnedByYou, self.s3.exceptions.BucketAlreadyExists):
            pass
        self.s3.put_public_access_block(
            Bucket=bucket,
            PublicAccessBlockConfiguration=dict.fromkeys(
                ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"), True
            ),
        )
        for path in files:
            self.s3.upload_file(str(path), bucket, f"{prefix}/{path.name}")
        return prefix

    def outputs(self):
        stack = self.cloudformation.describe_stacks(StackName=self.name)["Stacks"][0]
        return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}

    def status(self):
        try:
            return self.cloudformation.describe_stacks(StackName=self.name)["Stacks"][0]["StackStatus"]
        except ClientError as error:
            if "does not exist" in str(error):
                return None
            raise

    def wait(self, condition):
        try:
            self.cloudformation.get_waiter(condition).wait(
                StackName=self.name, WaiterConfig={"Delay": 2, "MaxAttempts": 900}
            )
        except WaiterError:
            events = self.cloudformation.describe_stack_events(StackName=self.name)["StackEvents"]
            for event in reversed(events):
                if event["ResourceStatus"].endswith("FAILED"):
                    reason = event.get("ResourceStatusReason", "")
                    print(f"{event['LogicalResourceId']}: {reason}", file=sys.stderr)
            sys.exit(f"stack {self.name}: {self.status()}")

    def notify(self, bucket, prefix):
        """Adds our notification to those of a bucket that somebody else keeps."""
        identity = NOTIFICATION.format(name=self.name)
        arn = self.resource_arn("standardizeQueue")
        ours = {
            "Id": identity,
            "QueueArn": arn,
            "Events": ["s3:ObjectCreated:*"],
            "Filter": {"Key": {"FilterRules": [{"Name": "prefix", "Value": f"{prefix}/"}]}},
        }
        self.replace_notification(bucket, identity, [ours])

    def replace_notification(self, bucket, identity, ours):
        configuration = self.s3.get_bucket_notification_configuration(Bucket=bucket)
        configuration.pop("ResponseMetadata", None)
        others = [queue for queue in configuration.get("QueueConfigurations", []) if queue["Id"] != identity]
        configuration["QueueConfigurations"] = others + ours
        self.s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration=configuration)

    def resource_arn(self, queue):
        url = self.cloudformation.describe_stack_resource(StackName=self.name, LogicalResourceId=queue)
        url = url["StackResourceDetail"]["PhysicalResourceId"]
        sqs = boto3.client("sqs")
        return sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]

    def delete(self, with_data):
        if self.status():
            stack = self.cloudformation.describe_stacks(StackName=self.name)["Stacks"][0]
            given = {parameter["ParameterKey"]: parameter["ParameterValue"] for parameter in stack["Parameters"]}
            if given.get("ExistingLandingBucket"):
                self.replace_notification(
                    given["ExistingLandingBucket"], NOTIFICATION.format(name=self.name), []
                )
            self.cloudformation.delete_stack(StackName=self.name)
            self.wait("stack_delete_complete")
        for content in ("code", "landing", "lake", "extracts", "audit") if with_data else ("code",):
            self.delete_bucket(self.bucket(content))

    def delete_bucket(self, bucket):
        try:
            for page in self.s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
                doomed = [
                    {"Key": version["Key"], "VersionId": version["VersionId"]}
                    for version in page.get("Versions", []) + page.get("DeleteMarkers", [])
                ]
                bypass = {"BypassGovernanceRetention": True} if "-audit-" in bucket else {}
                if doomed:
                    self.s3.delete_objects(Bucket=bucket, Delete={"Objects": doomed, "Quiet": True}, **bypass)
            self.s3.delete_bucket(Bucket=bucket)
        except self.s3.exceptions.NoSuchBucket:
            pass


if __name__ == "__main__":
    main()
