"""Deploys, shows and deletes the stack of template.yaml, on AWS or on whatever AWS_ENDPOINT_URL names.

infra/python infra/stack.py deploy --zips dist [--name c360] [--parameter Pace=test …]
infra/python infra/stack.py outputs [--name c360]
infra/python infra/stack.py delete [--name c360] [--with-data]
"""

import argparse
import hashlib
import json
import pathlib
import re
import sys

import boto3
from botocore.exceptions import ClientError, WaiterError

TEMPLATE = pathlib.Path(__file__).with_name("template.yaml")
FUNCTIONS = ("standardize", "resolve", "golden", "extract", "maintenance", "identify")
# Notifications that this script sets on a landing bucket that is not the stack's.
NOTIFICATION = "{name}-landing"
# What a creation that failed leaves: CloudFormation neither updates it nor creates over it.
FAILED_CREATION = ("ROLLBACK_COMPLETE", "ROLLBACK_FAILED")


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
    parser.add_argument(
        "--parameter",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="of the template; what is not given keeps its value, at first its default",
    )
    parser.add_argument("--with-data", action="store_true", help="delete the buckets with all they hold, too")
    return parser.parse_args(words)


def declared_parameters():
    """Names of the template's parameters: a value of one that is gone cannot be kept."""
    section = TEMPLATE.read_text().split("\nParameters:\n", 1)[1].split("\nConditions:\n", 1)[0]
    return set(re.findall(r"^  (\w+):$", section, re.MULTILINE))


class Stack:
    def __init__(self, name):
        self.name = name
        session = boto3.Session()
        region = session.region_name
        if not region:
            sys.exit("no region: set AWS_REGION")
        self.cloudformation = session.client("cloudformation")
        self.s3 = session.client("s3")
        self.account = session.client("sts").get_caller_identity()["Account"]
        self.bucket = lambda content: f"{name}-{content}-{self.account}-{region}"
        self.region = region

    def deploy(self, zips, parameters):
        if self.status() in FAILED_CREATION:
            print(f"stack {self.name}: its creation had failed; it is deleted, and created anew", file=sys.stderr)
            self.delete_stack()
        before = self.parameters() if self.status() else {}
        prefix = self.upload(zips, {**before, **parameters}.get("RequireTls") != "false")
        given = {"Name": self.name, "CodeBucket": self.bucket("code"), "CodePrefix": prefix, **parameters}
        kept = [key for key in before if key not in given and key in declared_parameters()]
        call = {
            "StackName": self.name,
            "TemplateURL": self.template_url(f"{prefix}/template.yaml"),
            "Parameters": [{"ParameterKey": key, "ParameterValue": value} for key, value in given.items()]
            + [{"ParameterKey": key, "UsePreviousValue": True} for key in kept],
            "Capabilities": ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
        }
        verb = "update" if before else "create"
        try:
            getattr(self.cloudformation, f"{verb}_stack")(**call)
            self.wait(f"stack_{verb}_complete")
        except ClientError as error:
            if "No updates are to be performed" not in str(error):
                sys.exit(f"stack {self.name}: {error}")
        now = self.parameters()
        self.settle_notifications(before, now)
        # What an update rolls back to is the code before it.
        self.sweep({prefix, before.get("CodePrefix")})

    def settle_notifications(self, before, now):
        """A bucket that is landed in no more tells our queue nothing more."""
        theirs, were = now.get("ExistingLandingBucket"), before.get("ExistingLandingBucket")
        if were and were != theirs:
            self.replace_notification(were, [])
        if theirs and before and not were:
            try:
                self.s3.put_bucket_notification_configuration(
                    Bucket=self.bucket("landing"), NotificationConfiguration={}, ExpectedBucketOwner=self.account
                )
            except self.s3.exceptions.NoSuchBucket:
                pass
        if theirs:
            self.notify(theirs, now.get("LandingPrefix", "in"))

    def template_url(self, key):
        """CloudFormation reads as whoever calls it, and only addresses of S3 itself; an emulator reads without credentials."""
        bucket, endpoint = self.bucket("code"), self.s3.meta.endpoint_url
        host = endpoint.removeprefix("https://")
        if re.fullmatch(r"s3[a-z0-9.-]*\.amazonaws\.com(\.cn)?", host):
            return f"https://{bucket}.{host}/{key}"
        return self.s3.generate_presigned_url("get_object", {"Bucket": bucket, "Key": key})

    def upload(self, zips, needs_tls):
        """Zips and template go below a prefix made of their content, so that CloudFormation sees other code as other."""
        files = [TEMPLATE] + [zips / f"{name}.zip" for name in FUNCTIONS]
        for path in files:
            if not path.exists():
                sys.exit(f"{path} is missing: run infra/package first")
        digest = hashlib.sha256()
        for path in files:
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        prefix = digest.hexdigest()[:16]
        self.make_code_bucket(needs_tls)
        for path in files:
            self.s3.upload_file(
                str(path), self.bucket("code"), f"{prefix}/{path.name}", {"ExpectedBucketOwner": self.account}
            )
        return prefix

    def make_code_bucket(self, needs_tls):
        """Its name can be guessed. Lambda runs what lies there, so one that somebody else made in our place is refused."""
        bucket = self.bucket("code")
        place = {} if self.region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": self.region}}
        try:
            self.s3.create_bucket(Bucket=bucket, **place)
        except self.s3.exceptions.BucketAlreadyOwnedByYou:
            pass
        except self.s3.exceptions.BucketAlreadyExists:
            sys.exit(f"bucket {bucket} belongs to another account: deploy under another --name")
        ours = {"Bucket": bucket, "ExpectedBucketOwner": self.account}
        blocks = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
        self.s3.put_public_access_block(**ours, PublicAccessBlockConfiguration=dict.fromkeys(blocks, True))
        torn = {"ID": "torn-uploads", "Status": "Enabled", "Filter": {}}
        torn["AbortIncompleteMultipartUpload"] = {"DaysAfterInitiation": 2}
        self.s3.put_bucket_lifecycle_configuration(**ours, LifecycleConfiguration={"Rules": [torn]})
        if needs_tls:
            arn = f"arn:{self.partition()}:s3:::{bucket}"
            tls_only = {
                "Sid": "TlsOnly",
                "Effect": "Deny",
                "Principal": "*",
                "Action": "s3:*",
                "Resource": [arn, f"{arn}/*"],
                "Condition": {"Bool": {"aws:SecureTransport": "false"}},
            }
            policy = {"Version": "2012-10-17", "Statement": [tls_only]}
            self.s3.put_bucket_policy(**ours, Policy=json.dumps(policy))

    def partition(self):
        return boto3.Session().get_partition_for_region(self.region)

    def sweep(self, kept):
        """Code of other deployments than these goes: each is some 240 MB."""
        bucket = self.bucket("code")
        for page in self.s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, ExpectedBucketOwner=self.account):
            keys = [entry["Key"] for entry in page.get("Contents", [])]
            doomed = [{"Key": key} for key in keys if key.split("/")[0] not in kept]
            if doomed:
                self.s3.delete_objects(Bucket=bucket, Delete={"Objects": doomed}, ExpectedBucketOwner=self.account)

    def outputs(self):
        stack = self.cloudformation.describe_stacks(StackName=self.name)["Stacks"][0]
        return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}

    def parameters(self):
        stack = self.cloudformation.describe_stacks(StackName=self.name)["Stacks"][0]
        return {parameter["ParameterKey"]: parameter["ParameterValue"] for parameter in stack.get("Parameters", [])}

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
        self.replace_notification(bucket, [ours])

    def replace_notification(self, bucket, ours):
        identity = NOTIFICATION.format(name=self.name)
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
            theirs = self.parameters().get("ExistingLandingBucket")
            if theirs:
                self.replace_notification(theirs, [])
            self.delete_stack()
        for content in ("code", "landing", "lake", "extracts", "audit") if with_data else ("code",):
            self.delete_bucket(self.bucket(content))

    def delete_stack(self):
        self.cloudformation.delete_stack(StackName=self.name)
        self.wait("stack_delete_complete")

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
