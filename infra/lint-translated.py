"""Translates a SAM template as CloudFormation does, without a network, and writes the result as JSON.

Linters look past AWS::Serverless::* and find in the result what they miss in the source: a misspelt response type, a
retry policy out of bounds, a rate that EventBridge refuses.

usage: lint-translated.py TEMPLATE RESULT [FILE | NAME=VALUE ...]   (with the Python of SAM CLI's environment)
"""

import json
import logging
import os
import sys

# the translator asks for a region, and none of them matters here
os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
# it warns that nobody switched its features, which nobody can here
logging.disable(logging.WARNING)

from samcli.yamlhelper import yaml_parse
from samtranslator.sdk.resource import SamResourceType
from samtranslator.translator.transform import transform


class NoManagedPolicies:
    """Stands in for the list that the translator would fetch from IAM: we write our policies ourselves."""

    def load(self):
        return {}


def read(path):
    with open(path, encoding="utf-8") as file:
        return yaml_parse(file.read())


def translate(source, result, settings):
    template = read(source)
    parameters = template.get("Parameters", {})
    for setting in settings:
        given = dict([setting.split("=", 1)]) if "=" in setting else read(setting)
        for name, value in given.items():
            # the linter puts in what it finds here
            parameters[name]["Default"] = value
    values = {name: spec.get("Default", "") for name, spec in parameters.items()}
    for resource in template["Resources"].values():
        if resource["Type"] == SamResourceType.Function.value:
            # a path is for sam deploy to replace; the translator knows only what comes after that
            resource["Properties"]["CodeUri"] = "s3://archives/function.zip"
        elif resource["Type"] == "AWS::CloudFormation::Stack":
            # seen from the result, so that the parameters of a nested stack are looked at too
            nested = os.path.join(os.path.dirname(source), resource["Properties"]["TemplateURL"])
            resource["Properties"]["TemplateURL"] = os.path.relpath(nested, os.path.dirname(result))
    return transform(template, values, NoManagedPolicies())


if __name__ == "__main__":
    translated = translate(sys.argv[1], sys.argv[2], sys.argv[3:])
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        json.dump(translated, file, indent=1)
