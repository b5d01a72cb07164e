"""What infra/local/sam-smoke does once its tools are there; run it through that.

A world is set up once: LocalStack in a network of its own, in it the tables, secrets, queues and the bus that
template.yaml declares, and the ThingSpace simulator beside it. Each sample then meets empty tables and queues. The
functions run as the template says; only a copy of it, outside the checkout, tells them where LocalStack is.
"""

import base64
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from decimal import Decimal
from pathlib import Path

import boto3
import yaml
from boto3.dynamodb.types import TypeDeserializer
from botocore.config import Config
from botocore.exceptions import BotoCoreError
from samcli.yamlhelper import yaml_parse

LOCALSTACK = "localstack/localstack:4.14.0"
REGION = "us-east-1"
FUNCTION = "AWS::Serverless::Function"
TABLE, QUEUE = "AWS::DynamoDB::Table", "AWS::SQS::Queue"
# What functions speak to. Everything else in the template is AWS's own affair.
SPOKEN_TO = {TABLE, QUEUE, "AWS::SecretsManager::Secret", "AWS::Events::EventBus", "AWS::S3::Bucket",
             "AWS::SNS::Topic", "AWS::KMS::Key", "AWS::KMS::Alias"}
SCOPES = "ts.device ts.target ts.subscription"
# What the samples show: the stream key of their deliveries, the version of the token that was refused.
STREAM_KEY = "stream-key-for-samples"
CALLBACK_LOGIN = {"username": "cbuser", "password": "cb-secret-example"}
TOKEN_VERSION = "11111111-1111-4111-8111-111111111111"
# The queue that everything on the bus comes into.
OVERHEARD = "Overheard"
PATIENCE = 120
# A build of everything may come before the simulator.
PATIENCE_WITH_A_BUILD = 900
AGAIN = "infra/local/sam-smoke, once more; it looks for free ports each time"

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "events" / "samples"


class Trouble(Exception):
    """What keeps the run from going on, and the command that mends it."""

    def __init__(self, what, mend):
        super().__init__(what)
        self.mend = mend


# ---- What is to be run: from the template and the samples alone


class Sample:
    """One file of a function's input, and what answers.yaml says of it."""

    def __init__(self, function, path, expected):
        self.function = function
        self.name = f"{function.module}/{path.name}"
        self.event = json.loads(path.read_text())
        self.after = expected.get("after", [])
        self.answer = expected.get("answer")
        self.error = expected.get("error")
        self.leaves = expected.get("leaves", {})
        self.tells = expected.get("tells", [])

    def is_signed(self):
        """Whether somebody has logged in, which start-api knows nothing of."""
        return isinstance(self.event, dict) and "iam" in self.event.get("requestContext", {}).get("authorizer", {})

    def http(self):
        """The request of an HTTP API's event; None when the event is none."""
        http = self.event.get("requestContext", {}).get("http") if isinstance(self.event, dict) else None
        if http is None:
            return None
        body = self.event.get("body", "").encode()
        if self.event.get("isBase64Encoded"):
            body = base64.b64decode(body)
        headers = {k: v for k, v in self.event["headers"].items() if k != "host"}
        query = self.event.get("rawQueryString")
        return http["method"], self.event["rawPath"] + (f"?{query}" if query else ""), headers, body


class Function:
    """A function of the template, by its module: HealthSweep is health-sweep, as its archive is called."""

    def __init__(self, logical_id, properties):
        self.logical_id = logical_id
        self.archive = properties["CodeUri"]
        self.module = Path(self.archive).stem
        self.samples = []


def read_functions(template):
    """All functions with their samples; with them, what is wrong with the samples, each in one line."""
    functions, faults = [], []
    for logical_id, resource in template["Resources"].items():
        if resource["Type"] != FUNCTION:
            continue
        function = Function(logical_id, resource["Properties"])
        functions.append(function)
        folder = SAMPLES / function.module
        files = sorted(folder.glob("*.json"))
        answers = folder / "answers.yaml"
        where = answers.relative_to(ROOT)
        expected = (yaml.safe_load(answers.read_text()) or {}) if answers.is_file() else {}
        refused_because = expected.pop("all-refused-because", None)
        if not files:
            faults.append(f"{function.module} has no sample: put one into {folder.relative_to(ROOT)}")
        elif not expected:
            faults.append(f"{function.module} has no expectations: write {where}")
        for name in sorted(expected.keys() - {file.name for file in files}):
            faults.append(f"{where} expects something of {name}, and there is no such sample")
        for file in files:
            if expected and file.name not in expected:
                faults.append(f"{where} expects nothing of {file.name}")
            fields = expected.get(file.name, {})
            for field in sorted(fields.keys() - {"after", "answer", "error", "leaves", "tells"}):
                faults.append(f"{where} has a field that nobody reads at {file.name}: {field}")
            if fields and ("answer" in fields) == ("error" in fields):
                faults.append(f"{where} must have either answer or error at {file.name}")
            function.samples.append(Sample(function, file, fields))
        if expected and not refused_because and all(sample.answer is None for sample in function.samples):
            faults.append(f"{where} expects an answer of no sample at all; say why in all-refused-because")
    if not functions:
        faults.append("template.yaml declares no function")
    known = {sample.name: sample for function in functions for sample in function.samples}
    for sample in list(known.values()):
        for name in sample.after:
            if name not in known:
                faults.append(f"{sample.name} is to come after {name}, and there is no such sample")
        sample.after = [known[name] for name in sample.after if name in known]
        for logical_id in sample.leaves:
            if template["Resources"].get(logical_id, {}).get("Type") not in (TABLE, QUEUE):
                faults.append(f"{sample.name} is to leave something in {logical_id}, which is no table or queue")
    return functions, faults


def difference(expected, actual, place="answer"):
    """The first place where something expected is missing; None when all is there. Lists must be of one length."""
    if isinstance(expected, (dict, list)) and isinstance(actual, str):
        try:
            actual = json.loads(actual)
        except ValueError:
            pass
    if isinstance(expected, dict):
        if not isinstance(actual, dict):
            return f"{place} is {json.dumps(actual)}, not an object with {', '.join(expected)}"
        for key, value in expected.items():
            if key not in actual:
                return f"{place} has no {key}: {json.dumps(actual)}"
            found = difference(value, actual[key], f"{place}.{key}")
            if found:
                return found
        return None
    if isinstance(expected, list):
        if not isinstance(actual, list) or len(actual) != len(expected):
            return f"{place} is {json.dumps(actual)}, not {len(expected)} of it"
        # in any order: tables and queues have none
        for i, value in enumerate(expected):
            tries = [difference(value, one, f"{place}[{i}]") for one in actual]
            if all(tries):
                return min(tries, key=len)
        return None
    return None if expected == actual else f"{place} is {json.dumps(actual)}, not {json.dumps(expected)}"


# ---- The world around the functions


def docker(*arguments):
    done = subprocess.run(["docker", *arguments], capture_output=True, text=True)
    if done.returncode:
        raise Trouble(f"docker {arguments[0]}: {(done.stderr.strip() or 'failed').splitlines()[0]}", AGAIN)
    return done.stdout.strip()


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


NOWHERE_ELSE = urllib.request.build_opener(NoRedirect)


def call(url, body=None, headers=None, method=None, timeout=PATIENCE):
    """Status, headers and body, whatever the status; a redirect is an answer too."""
    request = urllib.request.Request(url, data=body, headers=headers or {}, method=method)
    try:
        with NOWHERE_ELSE.open(request, timeout=timeout) as response:
            return response.status, response.headers, response.read().decode()
    except urllib.error.HTTPError as e:
        return e.code, e.headers, e.read().decode()


def wait_until_said(what, said, process, log, patience=PATIENCE):
    """Until the log of a process has these words: that its port answers may be somebody else's doing."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if said in log.read_text(errors="replace"):
            return
        if process.poll() is not None:
            raise Trouble(f"{what} ended with {process.returncode}: {last_line(log)}", AGAIN)
        time.sleep(0.2)
    raise Trouble(f"{what} was not up after {patience} s: {last_line(log)}", AGAIN)


def last_line(log):
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"


class Forwarder:
    """Lets containers of one network reach a port that listens on loopback alone."""

    def __init__(self, address, port):
        self.target = ("127.0.0.1", port)
        try:
            self.server = socket.create_server((address, 0))
        except OSError as e:
            raise Trouble(f"cannot listen on {address} for the containers: {e}", AGAIN)
        self.port = self.server.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                client, _ = self.server.accept()
                there = socket.create_connection(self.target)
            except OSError:
                return
            for source, sink in ((client, there), (there, client)):
                threading.Thread(target=self._pump, args=(source, sink), daemon=True).start()

    @staticmethod
    def _pump(source, sink):
        try:
            while data := source.recv(65536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def close(self):
        self.server.close()


class World:
    """Everything that this run starts; close() ends that and nothing else."""

    def __init__(self, sam, template, scratch):
        self.sam = sam
        self.template = template
        self.scratch = scratch
        self.processes = []
        self.localstack = None
        self.forwarder = None
        self.network = None
        self.physical = {}

    def start(self):
        name = f"fleetline-sam-{secrets.token_hex(4)}"
        docker("network", "create", name)
        self.network = name
        simulator_port = free_port()
        simulator = self._spawn("simulator", ["infra/local/fleetline", "simulator", "--port", str(simulator_port)])
        localstack_port = free_port()
        self.localstack = docker(
            *("run", "-d", "--rm", "--network", name, "--network-alias", "localstack"),
            *("-p", f"127.0.0.1:{localstack_port}:4566"),
            *("-e", "LOCALSTACK_HOST=localstack:4566", "-e", "SQS_ENDPOINT_STRATEGY=path"),
            *("-e", "DISABLE_EVENTS=1", "-e", "SKIP_SSL_CERT_DOWNLOAD=1", LOCALSTACK),
        )
        self._clients(localstack_port)
        self._wait_for_localstack(localstack_port)
        self._create_stack()
        self.simulator = f"http://127.0.0.1:{simulator_port}"
        log = self.scratch / "simulator.log"
        wait_until_said("the simulator", "listens on", simulator, log, PATIENCE_WITH_A_BUILD)
        # what a sample activates must not be ready for a later one, however slow the machine is
        call(f"{self.simulator}/control/faults", b'{"activationDelay": "P1D"}', {"content-type": "application/json"})
        self._fill_secrets()
        gateway = json.loads(docker("network", "inspect", name))[0]["IPAM"]["Config"][0]["Gateway"]
        self.forwarder = Forwarder(gateway, simulator_port)
        self._copy_template(f"http://{gateway}:{self.forwarder.port}/core")

    @staticmethod
    def _wait_for_localstack(port):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                if call(f"http://127.0.0.1:{port}/_localstack/health", timeout=2)[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.2)
        raise Trouble(f"LocalStack was not up after {PATIENCE} s", f"docker run --rm {LOCALSTACK}, and look why")

    def _spawn(self, name, command):
        with open(self.scratch / f"{name}.log", "wb") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        self.processes.append(process)
        return process

    def _clients(self, port):
        def client(service):
            return boto3.client(
                service,
                endpoint_url=f"http://127.0.0.1:{port}",
                region_name=REGION,
                aws_access_key_id="test",
                aws_secret_access_key="test",
                config=Config(retries={"max_attempts": 2}),
            )

        self.dynamo, self.sqs, self.secretsmanager = client("dynamodb"), client("sqs"), client("secretsmanager")
        self.cloudformation = client("cloudformation")

    def _create_stack(self):
        resources = {k: v for k, v in self.template["Resources"].items() if v["Type"] in SPOKEN_TO}
        parameters = self.template["Parameters"]
        for bus in self._made("AWS::Events::EventBus"):
            resources[OVERHEARD] = {"Type": QUEUE, "Properties": {"QueueName": "overheard"}}
            resources["Overhear"] = {
                "Type": "AWS::Events::Rule",
                "Properties": {
                    "EventBusName": {"Ref": bus},
                    "EventPattern": {"source": [{"prefix": "fleetline."}]},
                    "Targets": [{"Id": "overheard", "Arn": {"Fn::GetAtt": [OVERHEARD, "Arn"]}}],
                },
            }
        body = {"AWSTemplateFormatVersion": "2010-09-09", "Parameters": parameters, "Resources": resources}
        self.cloudformation.create_stack(
            StackName="fleetline-local",
            TemplateBody=json.dumps(body),
            Parameters=[{"ParameterKey": "Stage", "ParameterValue": "local"}],
        )
        try:
            self.cloudformation.get_waiter("stack_create_complete").wait(
                StackName="fleetline-local", WaiterConfig={"Delay": 1, "MaxAttempts": PATIENCE}
            )
        except BotoCoreError as e:
            raise Trouble(f"LocalStack did not make what template.yaml declares: {e}", "template.yaml, where it says")
        for resource in self.cloudformation.describe_stack_resources(StackName="fleetline-local")["StackResources"]:
            self.physical[resource["LogicalResourceId"]] = resource["PhysicalResourceId"]

    def _fill_secrets(self):
        """What people put in: the login of callbacks, the stream key, the application's credentials, and the token of a consent."""
        core = json.loads(call(f"{self.simulator}/control/credentials")[2])["core"]
        self._put("callback", {**CALLBACK_LOGIN, "streamKey": STREAM_KEY})
        self._put("core/client", core)
        asked = urllib.parse.urlencode(
            {
                "response_type": "code",
                "client_id": core["clientId"],
                "redirect_uri": core["redirectUri"],
                "scope": SCOPES,
                "state": "smoke",
            }
        )
        _, answered, _ = call(f"{self.simulator}/core/oauth2/authorization?{asked}")
        location = answered.get("location", "")
        code = urllib.parse.parse_qs(urllib.parse.urlparse(location).query).get("code", [""])[0]
        basic = base64.b64encode(f"{core['clientId']}:{core['clientSecret']}".encode()).decode()
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": core["redirectUri"]}
        status, _, body = call(
            f"{self.simulator}/core/oauth2/token",
            urllib.parse.urlencode(form).encode(),
            {"authorization": f"Basic {basic}", "content-type": "application/x-www-form-urlencoded"},
        )
        if status != 200:
            raise Trouble(f"the simulator gives no token: {status} {body}", "infra/local/fleetline demo")
        token = json.loads(body)
        stored = {
            "state": "valid",
            "accessToken": token["access_token"],
            "refreshToken": token["refresh_token"],
            "obtainedAt": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "expiresIn": token["expires_in"],
        }
        self._put("core/token", stored, ClientRequestToken=TOKEN_VERSION)

    def _put(self, name, value, **more):
        self.secretsmanager.put_secret_value(
            SecretId=f"fleetline/local/{name}", SecretString=json.dumps(value), **more
        )

    def _copy_template(self, core_url):
        """sam local sets only variables that a template declares, and reads archives from beside it."""
        copy = json.loads(json.dumps(self.template))
        variables = copy["Globals"]["Function"].setdefault("Environment", {}).setdefault("Variables", {})
        variables["AWS_ENDPOINT_URL"] = "http://localstack:4566"
        copy["Parameters"]["ThingSpaceCoreUrl"]["Default"] = core_url
        (self.scratch / "template.json").write_text(json.dumps(copy, indent=1))
        for beside in ("functions", "infra"):
            (self.scratch / beside).symlink_to(ROOT / beside)
        # the names that LocalStack gave; whatever else a variable says, sam local works out by itself
        values = {
            logical_id: {
                variable: self.physical[value["Ref"]]
                for variable, value in resource["Properties"].get("Environment", {}).get("Variables", {}).items()
                if isinstance(value, dict) and value.get("Ref") in self.physical
            }
            for logical_id, resource in self.template["Resources"].items()
            if resource["Type"] == FUNCTION
        }
        (self.scratch / "variables.json").write_text(json.dumps(values, indent=1))

    def _sam(self, command, *more):
        return [
            *(str(self.sam), "local", command, *more, "--template", str(self.scratch / "template.json")),
            *("--config-file", str(ROOT / "samconfig.toml"), "--env-vars", str(self.scratch / "variables.json")),
            *("--docker-network", self.network),
        ]

    def serve(self, command):
        """Starts start-lambda or start-api on a free port; its address."""
        port = free_port()
        process = self._spawn(command, self._sam(command, "--port", str(port)))
        log = self.scratch / f"{command}.log"
        wait_until_said(f"sam local {command}", "Running on", process, log)
        return f"http://127.0.0.1:{port}"

    def invoke(self, function, event):
        """By sam local invoke; the answer and the error, one of them None."""
        done = subprocess.run(
            self._sam("invoke", function.logical_id, "--event", "-"),
            input=json.dumps(event),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        lines = [line for line in done.stdout.splitlines() if line.strip()]
        try:
            return reply(lines[-1])
        except (IndexError, ValueError):
            return None, f"sam local invoke ended with {done.returncode} and no answer: {done.stderr.strip()[-2000:]}"

    def empty(self):
        for resource in self._made(TABLE):
            table = self.physical[resource]
            keys = [key["AttributeName"] for key in self.template["Resources"][resource]["Properties"]["KeySchema"]]
            for item in self.dynamo.scan(TableName=table, ConsistentRead=True)["Items"]:
                self.dynamo.delete_item(TableName=table, Key={key: item[key] for key in keys})
        for resource in self._made(QUEUE):
            self._messages(resource)
        self.overheard()

    def contents(self, logical_id):
        """The items of a table, or the messages of a queue, which are taken out."""
        if self.template["Resources"][logical_id]["Type"] == TABLE:
            items = self.dynamo.scan(TableName=self.physical[logical_id], ConsistentRead=True)["Items"]
            plain = TypeDeserializer().deserialize
            return json.loads(json.dumps([{k: plain(v) for k, v in item.items()} for item in items], default=as_json))
        return self._messages(logical_id)

    def overheard(self):
        """What functions have told on the bus since this was asked last."""
        return [json.loads(event) for event in self._messages(OVERHEARD)]

    def _messages(self, logical_id):
        found = []
        url = self.physical[logical_id]
        while messages := self.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
            for message in messages:
                found.append(message["Body"])
                self.sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return found

    def _made(self, kind):
        return [k for k, v in self.template["Resources"].items() if v["Type"] == kind]

    def close(self):
        for process in reversed(self.processes):
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(30)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)
        if self.forwarder:
            self.forwarder.close()
        if self.network:
            # the network is this run's own, and so is whatever is still in it
            left = docker("ps", "-aq", "--filter", f"network={self.network}").split()
            if left:
                docker("rm", "-f", *left)
            docker("network", "rm", self.network)


def as_json(value):
    """A number of DynamoDB, a set of it or bytes, as JSON has them."""
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return sorted(value) if isinstance(value, set) else base64.b64encode(bytes(value)).decode()


def reply(text):
    """Answer and error of what a function said, one of them None."""
    said = json.loads(text)
    if isinstance(said, dict) and "errorType" in said:
        return None, f"{said['errorType']}: {said.get('errorMessage', '')}"
    return said, None


# ---- The run


class Run:
    def __init__(self, world):
        self.world = world
        self.passed = 0
        self.failed = 0

    def look(self, sample, how, ask):
        """One sample by one way; ask(sample) gives the answer and the error, one of them None."""
        started = time.monotonic()
        self.world.empty()
        for earlier in sample.after:
            self.by_lambda(earlier)
        fault = self.judge(sample, *ask(sample))
        if fault:
            self.failed += 1
        else:
            self.passed += 1
        seconds = f"{time.monotonic() - started:.1f} s"
        print(f"{'FAIL' if fault else 'PASS'}  {how:12}  {sample.name}, {seconds}", flush=True)
        if fault:
            print(f"  {fault}\n  expected by events/samples/{sample.function.module}/answers.yaml", flush=True)

    def judge(self, sample, answer, error):
        if sample.error is not None:
            if error is None:
                return f"it answers {json.dumps(answer)} and does not fail"
            if sample.error not in error:
                return f"it fails otherwise: {error}"
        elif error is not None:
            return f"it fails: {error}"
        else:
            fault = difference(sample.answer, answer)
            if fault:
                return fault
        for logical_id, expected in sample.leaves.items():
            fault = difference(expected, self.world.contents(logical_id), logical_id)
            if fault:
                return fault
        return self.untold(sample)

    def untold(self, sample):
        """The bus takes its time; what earlier samples told may come in between."""
        heard, missing = [], sample.tells
        deadline = time.monotonic() + 10
        while missing and time.monotonic() < deadline:
            heard += self.world.overheard()
            missing = [event for event in sample.tells if all(difference(event, one) for one in heard)]
        if not missing:
            return None
        return f"it does not tell {json.dumps(missing)}, but {json.dumps(heard)}"

    def by_invoke(self, sample):
        return self.world.invoke(sample.function, sample.event)

    def by_lambda(self, sample):
        path = f"/2015-03-31/functions/{sample.function.logical_id}/invocations"
        status, _, body = call(self.lambdas + path, json.dumps(sample.event).encode())
        try:
            answer, error = reply(body)
        except ValueError:
            return None, f"start-lambda answers {status} {body}"
        return (answer, error) if status == 200 or error else (None, f"start-lambda answers {status} {body}")

    def by_api(self, sample):
        method, path, headers, body = sample.http()
        status, answered, text = call(self.api + path, body, headers, method)
        return {"statusCode": status, "headers": {k.lower(): v for k, v in answered.items()}, "body": text}, None

    def run(self, functions):
        self.lambdas = self.world.serve("start-lambda")
        for function in functions:
            # a process and a container of its own for one of them, a warm container for the others
            cold = next((sample for sample in function.samples if sample.answer is not None), function.samples[0])
            for sample in function.samples:
                if sample is cold:
                    self.look(sample, "invoke", self.by_invoke)
                else:
                    self.look(sample, "start-lambda", self.by_lambda)
        requests = [sample for function in functions for sample in function.samples
                    if sample.http() and not sample.is_signed()]
        if requests:
            self.api = self.world.serve("start-api")
            for sample in requests:
                self.look(sample, "start-api", self.by_api)


def main(sam):
    started = time.monotonic()
    os.environ.update(
        AWS_DEFAULT_REGION=REGION, AWS_REGION=REGION, AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test"
    )
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL"):
        os.environ.pop(name, None)
    template = yaml_parse((ROOT / "template.yaml").read_text())
    functions, faults = read_functions(template)
    if faults:
        for fault in faults:
            print(f"FAIL  {fault}")
        print(f"sam-smoke: nothing was run; {len(faults)} to mend first")
        return 1
    missing = [function.archive for function in functions if not (ROOT / function.archive).is_file()]
    if missing:
        raise Trouble(f"not built: {', '.join(missing)}", "mvn -q package -DskipTests")
    scratch = Path(tempfile.mkdtemp(prefix="fleetline-sam-"))
    world = World(sam, template, scratch)
    run = Run(world)
    try:
        world.start()
        run.run(functions)
    finally:
        world.close()
        if os.environ.get("KEEP") or run.failed:
            print(f"what SAM and the functions said: {scratch}/*.log")
        else:
            shutil.rmtree(scratch)
    total = sum(len(function.samples) for function in functions)
    print(
        f"{len(functions)} functions, {total} samples: {run.passed} passed, {run.failed} failed"
        f" in {time.monotonic() - started:.0f} s"
    )
    return 1 if run.failed else 0


if __name__ == "__main__":
    # TERM as if by hand: what was started must end with us
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        sys.exit(main(sys.argv[1]))
    except Trouble as trouble:
        print(f"sam-smoke: {trouble}\n  mend it: {trouble.mend}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
