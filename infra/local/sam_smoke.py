"""The work of infra/local/sam-smoke, which finds what this needs and calls it with SAM CLI's own Python.

Everything is taken from template.yaml: its tables, queues, buses and secrets are created by CloudFormation in a
LocalStack, and each variable of each function is evaluated there, so a new function, table or variable needs no line
here. The template itself is used as it is: where AWS is, the functions learn from the image that they run on.
"""

import base64
import contextlib
import http.client
import json
import os
import re
import select
import signal
import socket
import socketserver
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import boto3
import tomlkit
import yaml
from botocore.config import Config
from samcli.yamlhelper import yaml_parse

BASE_IMAGE = "public.ecr.aws/lambda/java:25-x86_64"
LOCALSTACK = "localstack/localstack:4.14.0"
REGION = "us-east-1"
# made up, and instead of whatever the developer's own environment holds
KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": REGION, "AWS_REGION": REGION}
START, CALL = 120, 90  # seconds that a server may take to answer at all, and one call to end
FUNCTION = "AWS::Serverless::Function"
# what functions are pointed to by their variables; what these refer to is created with them
STORES = {
    "AWS::DynamoDB::Table",
    "AWS::Events::EventBus",
    "AWS::S3::Bucket",
    "AWS::SecretsManager::Secret",
    "AWS::SNS::Topic",
    "AWS::SQS::Queue",
    "AWS::SSM::Parameter",
}


class Trouble(Exception):
    """Ends the run with one line."""


@dataclass(frozen=True)
class Function:
    logical_id: str
    module: str
    variables: dict

    @property
    def folder(self):
        return Path("events/samples") / self.module

    def samples(self):
        """Those that are refused last, so that the first call of a function is one that it answers."""
        return sorted(self.folder.glob("*.json"), key=lambda file: (file.name.startswith("refused-"), file.name))

    def answers(self):
        file = self.folder / "answers.yaml"
        return yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else {}


# ---- The template


def functions(template):
    common = template.get("Globals", {}).get("Function", {}).get("Environment", {}).get("Variables", {})
    for logical_id, resource in template["Resources"].items():
        if resource["Type"] == FUNCTION:
            properties = resource["Properties"]
            own = properties.get("Environment", {}).get("Variables", {})
            yield Function(logical_id, properties["CodeUri"].split("/")[1], {**common, **own})


def references(node):
    """The logical ids that an expression of the template names."""
    if isinstance(node, list):
        for item in node:
            yield from references(item)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "Ref":
                yield value
            elif key == "Fn::GetAtt":
                yield value[0] if isinstance(value, list) else value.split(".")[0]
            elif key == "DependsOn":
                yield from [value] if isinstance(value, str) else value
            else:
                if key == "Fn::Sub":
                    yield from re.findall(r"\$\{(\w+)", value if isinstance(value, str) else value[0])
                yield from references(value)


def closure(node, resources):
    found, pending = set(), [node]
    while pending:
        new = {name for name in references(pending.pop()) if name in resources} - found
        found |= new
        pending += [resources[name] for name in new]
    return found


def stack_of_stores(template, variables):
    """The part of the template that functions keep things in, with an output for each variable to be evaluated."""
    resources = template["Resources"]
    kept = {name for name, resource in resources.items() if resource["Type"] in STORES}
    kept |= closure([resources[name] for name in kept] + list(variables.values()), resources)
    part = {key: template[key] for key in ("AWSTemplateFormatVersion", "Parameters", "Conditions", "Mappings")
            if key in template}
    part["Resources"] = {name: resources[name] for name in resources if name in kept}
    part["Outputs"] = {name: {"Value": value} for name, value in variables.items()}
    return part


# ---- What runs beside the functions


def run(*command, **more):
    done = subprocess.run(command, capture_output=True, text=True, **more)
    if done.returncode:
        raise Trouble(f"{' '.join(command[:3])} ...: {(done.stderr or done.stdout).strip()}")
    return done.stdout.strip()


def until(what, ready, limit=START):
    end = time.monotonic() + limit
    while time.monotonic() < end:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if found := ready():
                return found
        time.sleep(0.2)
    raise Trouble(f"{what} did not come up in {limit} s")


def answers_at(port):
    with socket.create_connection(("127.0.0.1", port), timeout=1):
        return True


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def process(command, log, env=None):
    """Runs in a group of its own, which ends with this block and not before: Ctrl-C is for us."""
    with open(log, "w", encoding="utf-8") as out:
        child = subprocess.Popen(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, env=env, start_new_session=True)
    try:
        yield child
    finally:
        for sign in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, sign)
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(20)
                break


@contextlib.contextmanager
def network(name):
    run("docker", "network", "create", name)
    try:
        yield name
    finally:
        # LocalStack, and what SAM may have left of its own
        left = run("docker", "ps", "-aq", "--filter", f"network={name}").split()
        if left:
            subprocess.run(["docker", "rm", "-f", *left], capture_output=True)
        subprocess.run(["docker", "network", "rm", name], capture_output=True)


def localstack(net):
    run("docker", "run", "-d", "--rm", "--name", f"{net}-aws", "--network", net, "--network-alias", "aws",
        "-p", "127.0.0.1::4566", "-e", "SKIP_SSL_CERT_DOWNLOAD=1", "-e", "DISABLE_EVENTS=1", LOCALSTACK)
    endpoint = "http://" + run("docker", "port", f"{net}-aws", "4566").splitlines()[0]
    until("LocalStack", lambda: urllib.request.urlopen(endpoint + "/_localstack/health", timeout=2).status == 200)
    return endpoint


def image_that_knows_where_aws_is():
    """Named after the image it is made from, so that it is made again when that one changes."""
    base = run("docker", "image", "inspect", "-f", "{{.Id}}", BASE_IMAGE).removeprefix("sha256:")[:12]
    name = f"fleetline-sam-smoke:{base}"
    if subprocess.run(["docker", "image", "inspect", name], capture_output=True).returncode:
        dockerfile = f"FROM {BASE_IMAGE}\nENV AWS_ENDPOINT_URL=http://aws:4566\n"
        run("docker", "build", "-q", "-t", name, "-", input=dockerfile, env={**os.environ, "DOCKER_BUILDKIT": "0"})
    return name


@contextlib.contextmanager
def bridge(net, port):
    """Lets containers of the network reach a server that listens on loopback alone."""

    class Carry(socketserver.BaseRequestHandler):
        def handle(self):
            with socket.create_connection(("127.0.0.1", port)) as there:
                ways = {self.request: there, there: self.request}
                while True:
                    for end in select.select(list(ways), [], [])[0]:
                        data = end.recv(65536)
                        if not data:
                            return
                        ways[end].sendall(data)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    gateway = run("docker", "network", "inspect", "-f", "{{(index .IPAM.Config 0).Gateway}}", net)
    try:
        server = Server((gateway, 0), Carry)
    except OSError:
        # Docker Desktop: its machine is not this one, and brings this name to our loopback address
        yield f"http://host.docker.internal:{port}"
        return
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://{gateway}:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def simulator_address(log, child):
    def said():
        if child.poll() is not None:
            raise Trouble("the simulator did not start: " + log.read_text(encoding="utf-8").strip())
        found = re.search(r"listens on (http\S+)", log.read_text(encoding="utf-8"))
        return found and found.group(1)

    # its first start builds it
    return until("the simulator", said, 600)


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def token_of(simulator, client):
    """What a person and the exchange of the code bring about, once, before a fleet begins."""
    query = urllib.parse.urlencode({
        "response_type": "code", "client_id": client["clientId"], "redirect_uri": client["redirectUri"],
        "scope": "ts.device ts.target ts.subscription", "state": "smoke"})
    try:
        urllib.request.build_opener(NoRedirect).open(f"{simulator}/core/oauth2/authorization?{query}", timeout=10)
        raise Trouble("the simulator asked for no consent")
    except urllib.error.HTTPError as consent:
        code = urllib.parse.parse_qs(urllib.parse.urlsplit(consent.headers["Location"]).query)["code"][0]
    form = urllib.parse.urlencode({
        "grant_type": "authorization_code", "code": code, "redirect_uri": client["redirectUri"]}).encode()
    pair = base64.b64encode(f"{client['clientId']}:{client['clientSecret']}".encode()).decode()
    request = urllib.request.Request(f"{simulator}/core/oauth2/token", form, {"Authorization": f"Basic {pair}"})
    return json.load(urllib.request.urlopen(request, timeout=10))


def secrets(simulator):
    """Made up, by the logical id of the secret; others stay as the template makes them."""
    client = json.load(urllib.request.urlopen(f"{simulator}/control/credentials", timeout=10))["core"]
    token = token_of(simulator, client)
    return {
        "CoreClientSecret": client,
        "CallbackSecret": {"username": "platform", "password": "made-up", "streamKey": "stream-key-for-samples"},
        "CoreTokenSecret": {
            "state": "valid", "accessToken": token["access_token"], "refreshToken": token["refresh_token"],
            "scopes": token.get("scope", "").split(), "expiresIn": token["expires_in"],
            "obtainedAt": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())},
    }


class Aws:
    """The LocalStack of this run, with what the template keeps things in."""

    def __init__(self, endpoint, template, every, parameters):
        session = boto3.Session("test", "test", region_name=REGION)
        self.client = lambda service: session.client(service, endpoint_url=endpoint)
        self.tables = session.resource("dynamodb", endpoint_url=endpoint)
        self.sqs = self.client("sqs")
        named = {f"{function.logical_id}X{n}": (function, name)
                 for function in every for n, name in enumerate(function.variables)}
        values = {output: function.variables[name] for output, (function, name) in named.items()}
        formation = self.client("cloudformation")
        part = stack_of_stores(template, values)
        formation.create_stack(
            StackName="smoke", TemplateBody=json.dumps(part), Capabilities=["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"],
            Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()])
        stack = until("the tables, queues and secrets", lambda: self.finished(formation))
        self.physical = {resource["LogicalResourceId"]: (resource["ResourceType"], resource["PhysicalResourceId"])
                         for resource in formation.describe_stack_resources(StackName="smoke")["StackResources"]}
        self.variables = {function.logical_id: {} for function in every}
        for output in stack["Outputs"]:
            function, name = named[output["OutputKey"]]
            self.variables[function.logical_id][name] = output["OutputValue"]

    @staticmethod
    def finished(formation):
        stack = formation.describe_stacks(StackName="smoke")["Stacks"][0]
        if stack["StackStatus"] == "CREATE_IN_PROGRESS":
            return None
        if stack["StackStatus"] != "CREATE_COMPLETE":
            events = formation.describe_stack_events(StackName="smoke")["StackEvents"]
            reasons = [f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason')}"
                       for event in events if event["ResourceStatus"].endswith("FAILED")]
            raise Trouble("LocalStack could not create what the template describes: " + "; ".join(reasons))
        return stack

    def fill(self, values):
        manager = self.client("secretsmanager")
        for name, value in values.items():
            if name in self.physical:
                manager.put_secret_value(SecretId=self.physical[name][1], SecretString=json.dumps(value))

    def contents(self, name):
        """What is in a table or a queue; a queue is emptied by it."""
        kind, physical = self.physical.get(name, ("nothing", ""))
        if kind == "AWS::DynamoDB::Table":
            items = self.tables.Table(physical).scan()["Items"]
            # of binary values boto3 makes objects that hold them
            return [{key: str(getattr(value, "value", value)) for key, value in item.items()} for item in items]
        if kind == "AWS::SQS::Queue":
            bodies = []
            while messages := self.sqs.receive_message(QueueUrl=physical, MaxNumberOfMessages=10).get("Messages"):
                for message in messages:
                    bodies.append({"body": message["Body"]})
                    self.sqs.delete_message(QueueUrl=physical, ReceiptHandle=message["ReceiptHandle"])
            return bodies
        raise Trouble(f"answers.yaml expects something in {name}, which is neither a table nor a queue of the template")


# ---- Judging


def difference(expected, actual, where="answer"):
    """The first thing that is not as expected; None when all is. What is not mentioned may be anything."""
    if isinstance(expected, dict):
        if isinstance(actual, str):
            with contextlib.suppress(ValueError):
                actual = json.loads(actual)
        if not isinstance(actual, dict):
            return f"{where} is {actual!r}"
        found = (difference(value, actual.get(key), f"{where}.{key}") for key, value in expected.items())
        return next(filter(None, found), None)
    if isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        found = (difference(one, other, f"{where}[{n}]") for n, (one, other) in enumerate(zip(expected, actual)))
        return next(filter(None, found), None)
    return None if expected == actual else f"{where} is {json.dumps(actual)}, not {json.dumps(expected)}"


def fault(expected, answer, left):
    """Why an answer, and what the sample left behind, is not as expected; None when it is."""
    error = answer.get("errorType") if isinstance(answer, dict) else None
    if "error" in expected:
        return None if error and expected["error"] in error else f"no {expected['error']} but {json.dumps(answer)[:300]}"
    if error:
        return f"{error}: {answer.get('errorMessage')}"
    if found := difference(expected["answer"], answer):
        return found
    for store, wanted in expected.get("leaves", {}).items():
        if not any(all(str(value) in item.get(key, "") for key, value in wanted.items()) for item in left[store]):
            return f"nothing like {json.dumps(wanted)} came into {store}, but {json.dumps(left[store])[:300]}"
    return None


class Tally:
    def __init__(self):
        self.passed = self.failed = 0

    def note(self, what, how, took, why):
        verdict, self.passed, self.failed = (
            ("FAIL", self.passed, self.failed + 1) if why else ("PASS", self.passed + 1, self.failed))
        print(f"{verdict}  {what:<55} {how:<12} {took:5.1f} s" + (f"\n      {why}" if why else ""))


# ---- The ways to call a function


class Sam:
    def __init__(self, command, flags, folder):
        self.command, self.flags, self.folder = command, flags, folder
        self.env = {key: value for key, value in os.environ.items() if not key.startswith("AWS_")}
        self.env |= KEYS | {"SAM_CLI_CONTAINER_CONNECTION_TIMEOUT": str(CALL)}

    def invoke(self, function, sample):
        command = [self.command, "local", "invoke", function.logical_id, "--event", str(sample), *self.flags]
        done = subprocess.run(command, capture_output=True, text=True, timeout=CALL, env=self.env)
        with contextlib.suppress(ValueError):
            return json.loads(done.stdout)
        return {"errorType": "NoAnswer", "errorMessage": (done.stdout + done.stderr)[-600:]}

    @contextlib.contextmanager
    def serve(self, what):
        port, log = free_port(), self.folder / f"{what}.log"
        with process([self.command, "local", what, "--port", str(port), *self.flags], log, self.env) as child:
            def up():
                if child.poll() is not None:
                    raise Trouble(f"sam local {what}: {log.read_text(encoding='utf-8').strip().splitlines()[-1]}")
                return answers_at(port)

            until(f"sam local {what}", up)
            yield port


def call_warm(port, function, sample):
    patience = Config(read_timeout=CALL, retries={"max_attempts": 0})
    client = boto3.client("lambda", endpoint_url=f"http://127.0.0.1:{port}", config=patience, region_name=REGION,
                          aws_access_key_id="test", aws_secret_access_key="test")
    return json.load(client.invoke(FunctionName=function.logical_id, Payload=sample.read_bytes())["Payload"])


def request_of(sample):
    """The HTTP request that the sample is the event of, if it is."""
    event = json.loads(sample.read_text(encoding="utf-8"))
    http_part = event.get("requestContext", {}).get("http") if isinstance(event, dict) else None
    if not http_part:
        return None
    body = event.get("body") or ""
    headers = {key: value for key, value in event["headers"].items() if key not in ("host", "content-length")}
    return (http_part["method"], http_part["path"],
            base64.b64decode(body) if event.get("isBase64Encoded") else body.encode(), headers)


def status_over_http(port, request):
    method, path, body, headers = request
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=CALL)
    try:
        connection.request(method, path, body, headers)
        return connection.getresponse().status
    finally:
        connection.close()


def check(tally, aws, function, sample, how, call):
    begun = time.monotonic()
    expected = function.answers().get(sample.name)
    if not expected:
        tally.note(sample.relative_to("events/samples"), how, 0, f"{function.folder}/answers.yaml does not know it")
        return
    stores = expected.get("leaves", {})
    before = {name: aws.contents(name) for name in stores}
    try:
        answer = call()
    except Exception as failure:  # whatever it is, it is the outcome of this sample and not the end of the run
        answer = {"errorType": type(failure).__name__, "errorMessage": str(failure)}
    left = {name: [item for item in aws.contents(name) if item not in before[name]] for name in stores}
    tally.note(str(sample.relative_to("events/samples")), how, time.monotonic() - begun, fault(expected, answer, left))


def smoke(sam_command, wanted, folder, stack):
    template = yaml_parse(Path("template.yaml").read_text(encoding="utf-8"))
    every = list(functions(template))
    if unknown := set(wanted) - {function.module for function in every}:
        raise Trouble(f"no such function: {', '.join(sorted(unknown))}")
    chosen = [function for function in every if not wanted or function.module in wanted]
    settings = tomlkit.parse(Path("samconfig.toml").read_text(encoding="utf-8"))
    overrides = settings["default"]["local_invoke"]["parameters"]["parameter_overrides"]
    parameters = dict(pair.split("=", 1) for pair in overrides.split() if pair.split("=")[0] in template["Parameters"])

    log = folder / "simulator.log"
    child = stack.enter_context(process(["infra/local/fleetline", "simulator", "--port", "0"], log))
    net = stack.enter_context(network(f"fleetline-sam-smoke-{os.getpid()}"))
    aws = Aws(localstack(net), template, every, parameters)
    simulator = simulator_address(log, child)
    aws.fill(secrets(simulator))
    platform = stack.enter_context(bridge(net, urllib.parse.urlsplit(simulator).port))
    for variables in aws.variables.values():
        if "THINGSPACE_CORE_URL" in variables:
            variables["THINGSPACE_CORE_URL"] = f"{platform}/core"
    environment = folder / "variables.json"
    environment.write_text(json.dumps(aws.variables, indent=1), encoding="utf-8")
    flags = ["--env-vars", str(environment), "--docker-network", net, "--invoke-image", image_that_knows_where_aws_is()]

    tally, sam = Tally(), Sam(sam_command, flags, folder)
    warm = stack.enter_context(sam.serve("start-lambda"))
    over_http = []
    for function in chosen:
        samples = function.samples()
        for name in set(function.answers()) - {sample.name for sample in samples}:
            tally.note(f"{function.module}/{name}", "", 0, "is in answers.yaml, but there is no such sample")
        for n, sample in enumerate(samples):
            if n == 0:
                check(tally, aws, function, sample, "invoke", lambda: sam.invoke(function, sample))
            else:
                check(tally, aws, function, sample, "start-lambda", lambda: call_warm(warm, function, sample))
            if request := request_of(sample):
                over_http.append((function, sample, request))
    if over_http:
        port = stack.enter_context(sam.serve("start-api"))
        for function, sample, request in over_http:
            begun = time.monotonic()
            wanted_status = function.answers().get(sample.name, {}).get("answer", {}).get("statusCode")
            status = status_over_http(port, request)
            tally.note(str(sample.relative_to("events/samples")), "start-api", time.monotonic() - begun,
                       None if status == wanted_status else f"status is {status}, not {wanted_status}")
    return tally


def main():
    folder = Path("target/sam-smoke").absolute()
    folder.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    begun = time.monotonic()
    try:
        with contextlib.ExitStack() as stack:
            tally = smoke(sys.argv[1], sys.argv[2:], folder, stack)
    except Trouble as trouble:
        sys.exit(f"sam-smoke: {trouble}\n  what was said meanwhile is in {folder}")
    except KeyboardInterrupt:
        sys.exit(130)
    print(f"in {time.monotonic() - begun:.0f} s")
    print(f"{tally.passed} passed, {tally.failed} failed")
    sys.exit(1 if tally.failed or not tally.passed else 0)


if __name__ == "__main__":
    main()
