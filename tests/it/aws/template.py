"""The resources of a CloudFormation template as they are made under given parameters: loops unrolled, conditions decided.

template.py TEMPLATE [NAME=VALUE …] prints {"LogicalId": {"Type": …, "Properties": …}} as JSON, with what holds for every
function in the functions themselves. What only AWS knows stays a
name: a reference to a resource is "${LogicalId}", an attribute of it "${LogicalId.Attribute}".
"""

import json
import re
import sys

import yaml

PSEUDO = {"AWS::AccountId": "111122223333", "AWS::Region": "eu-central-1", "AWS::Partition": "aws", "AWS::NoValue": None}


class Loader(yaml.SafeLoader):
    pass


def tag(loader, suffix, node):
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
        if suffix == "GetAtt":
            value = value.split(".", 1)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


Loader.add_multi_constructor("!", tag)


class Template:
    def __init__(self, template, given):
        self.template = template
        declared = template["Parameters"]
        unknown = set(given) - set(declared)
        if unknown:
            sys.exit(f"no such parameters: {unknown}")
        self.values = {**PSEUDO, **{name: self.value(one, given.get(name)) for name, one in declared.items()}}

    @staticmethod
    def value(declared, given):
        value = declared.get("Default", "given") if given is None else given
        if declared["Type"] == "CommaDelimitedList":
            return [one for one in value.split(",") if one]
        return str(value)

    def resources(self):
        made = {}
        for name, resource in self.unrolled(self.template["Resources"], {}):
            if "Condition" in resource and not self.holds(resource["Condition"]):
                continue
            made[name] = self.resolve({key: value for key, value in resource.items() if key != "Condition"})
            if resource["Type"] == "AWS::Serverless::Function":
                common = self.resolve(self.template["Globals"]["Function"])
                made[name]["Properties"] = merged(common, made[name]["Properties"])
        return made

    def unrolled(self, section, loop):
        for name, body in section.items():
            if not name.startswith("Fn::ForEach::"):
                yield name, substitute(body, loop)
                continue
            variable, values, inner = body
            for value in values:
                named = {key.replace(f"${{{variable}}}", value): one for key, one in inner.items()}
                yield from self.unrolled(named, {**loop, variable: value})

    def holds(self, condition):
        if isinstance(condition, str):
            return self.holds(self.template["Conditions"][condition])
        (function, operands), = condition.items()
        if function == "Condition":
            return self.holds(operands)
        if function == "Fn::Equals":
            one, other = map(self.resolve, operands)
            return one == other
        parts = [self.holds(operand) for operand in operands]
        return {"Fn::Not": lambda: not parts[0], "Fn::And": lambda: all(parts), "Fn::Or": lambda: any(parts)}[function]()

    def resolve(self, value):
        if isinstance(value, list):
            return [one for one in map(self.resolve, value) if one is not None]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            (function, operand), = value.items()
            if function == "Ref":
                name = self.resolve(operand)
                return self.values[name] if name in self.values else f"${{{name}}}"
            if function == "Fn::GetAtt":
                return "${%s}" % ".".join(map(self.resolve, operand))
            if function == "Fn::If":
                condition, yes, no = operand
                return self.resolve(yes if self.holds(condition) else no)
            if function == "Fn::FindInMap":
                table, row, column = map(self.resolve, operand)
                return self.template["Mappings"][table][row][column]
            if function == "Fn::Sub":
                return self.sub(operand)
        resolved = {key: self.resolve(one) for key, one in value.items()}
        return {key: one for key, one in resolved.items() if one is not None}

    def sub(self, operand):
        text, more = operand if isinstance(operand, list) else (operand, {})
        known = {**self.values, **{name: self.resolve(one) for name, one in more.items()}}
        # What is no value is a resource, or its attribute.
        return re.sub(r"\$\{([^}!]+)\}", lambda found: str(known.get(found[1], found[0])), text)


def merged(common, own):
    if isinstance(common, dict) and isinstance(own, dict):
        return {key: merged(common.get(key), own.get(key)) for key in {**common, **own}}
    return common if own is None else own


def substitute(value, loop):
    """The loop's variables, in texts at any depth."""
    if isinstance(value, list):
        return [substitute(one, loop) for one in value]
    if isinstance(value, dict):
        return {substitute(key, loop): substitute(one, loop) for key, one in value.items()}
    if isinstance(value, str):
        for variable, word in loop.items():
            value = value.replace(f"${{{variable}}}", word)
    return value


if __name__ == "__main__":
    with open(sys.argv[1]) as file:
        template = yaml.load(file, Loader)
    print(json.dumps(Template(template, dict(word.split("=", 1) for word in sys.argv[2:])).resources(), default=str))
