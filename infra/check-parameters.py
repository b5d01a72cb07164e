"""Checks the parameters of one environment against the template, and says every fault in a line of its own.

CloudFormation finds most of them too, one at a time and after a build of minutes; what two parameters demand of each
other nobody would say before the functions start. A parameter that is not given counts as its default.

usage: check-parameters.py TEMPLATE FILE [NAME=VALUE ...]   (with the Python of SAM CLI's environment)
"""

import json
import os
import re
import sys


def read(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if path.endswith(".toml"):
        import tomlkit
        return tomlkit.parse(text).unwrap()
    try:
        return json.loads(text)
    except ValueError:
        from samcli.yamlhelper import yaml_parse
        return yaml_parse(text) or {}


def fault(value, spec):
    """What CloudFormation would refuse of one value; nothing when it takes it."""
    allowed = [str(one) for one in spec.get("AllowedValues", [])]
    if allowed and value not in allowed:
        return f"must be one of {', '.join(allowed)}"
    if "AllowedPattern" in spec and not re.fullmatch(spec["AllowedPattern"], value):
        return "must be " + spec.get("ConstraintDescription", "as " + spec["AllowedPattern"])
    if spec["Type"] == "Number":
        if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value):
            return "must be a number"
        if float(value) < spec.get("MinValue", float("-inf")):
            return f"must be at least {spec['MinValue']}"
        if float(value) > spec.get("MaxValue", float("inf")):
            return f"must be at most {spec['MaxValue']}"
    return None


def seconds(duration):
    days, hours = re.fullmatch(r"P(?:([0-9]+)D)?(?:T([0-9]+)H)?", duration).groups(default="0")
    return int(days) * 86400 + int(hours) * 3600


def faults_between(value):
    if float(value["TokenAlarmSeconds"]) >= seconds(value["RenewBefore"]):
        yield "TokenAlarmSeconds", f"must be less than RenewBefore, which is {seconds(value['RenewBefore'])} seconds"
    if float(value["BatteryCritical"]) >= float(value["BatteryWarning"]):
        yield "BatteryCritical", f"must be less than BatteryWarning, which is {value['BatteryWarning']}"
    if "ts.device" not in value["AuthorizeScopes"].split(" "):
        yield "AuthorizeScopes", "must have ts.device, without which a token is of no use"
    if bool(value["CustomDomain"]) != bool(value["CertificateArn"]):
        there, missing = sorted(["CustomDomain", "CertificateArn"], key=lambda name: not value[name])
        yield missing, f"must be given with {there}"


def faults(parameters, given):
    value = {name: str(spec.get("Default", "")) for name, spec in parameters.items()} | given
    found = [(name, fault(text, parameters[name]) if name in parameters else "is no parameter of the template")
             for name, text in given.items()]
    found = [(name, why) for name, why in found if why]
    # what is wrong by itself cannot be compared
    for name, why in found or faults_between(value):
        yield f"{name}: {why}" + (f", not {value[name]!r}" if value.get(name) else "")


def main(template, file, *overrides):
    given = {name: "" if value is None else str(value) for name, value in read(file).items()}
    found = list(faults(read(template)["Parameters"], given | dict(one.split("=", 1) for one in overrides)))
    for line in found:
        print(f"{os.path.basename(file)}: {line}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
