"""What python3-jsonschema says of files of the operator: `schema_verdicts.py FOLDER QUESTIONS ANSWERS`. FOLDER holds the schemas;
a line of QUESTIONS is {"kind": "schedule", "yaml": "…"}; the line of ANSWERS "" when it is right, else the first mistake.
The YAML is typed by the core schema of YAML 1.2, as editors do, not by PyYAML's YAML 1.1 (where 05:30 is 330, `on` is true and
2026-12-05 a date)."""
import json
import re
import sys

import jsonschema
import yaml

STR, INT, FLOAT = "tag:yaml.org,2002:str", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float"
BOOL, NULL, MAP = "tag:yaml.org,2002:bool", "tag:yaml.org,2002:null", "tag:yaml.org,2002:map"


class Core(yaml.SafeLoader):
    yaml_implicit_resolvers = {}


def whole(loader, node):
    text = node.value
    return int(text, 0) if text[:2] in ("0o", "0x") else int(text)


for tag, form, first, construct in (
    (NULL, r"^(null|Null|NULL|~|)$", "~nN\0", lambda loader, node: None),
    (BOOL, r"^(true|True|TRUE|false|False|FALSE)$", "tTfF", lambda loader, node: node.value.lower() == "true"),
    (INT, r"^([-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", "-+0123456789", whole),
    (FLOAT, r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", "-+.0123456789", lambda loader, node: float(node.value)),
):
    Core.add_implicit_resolver(tag, re.compile(form), [*first.replace("\0", ""), *([""] if "\0" in first else [])])
    Core.add_constructor(tag, construct)


def values_of(text):
    """JSON is YAML, and quick to read."""
    try:
        return json.loads(text)
    except ValueError:
        return yaml.load(text, Core)


def mapping(loader, node):
    """Names are texts in JSON, whatever they look like."""
    return {key.value: loader.construct_object(value, deep=True) for key, value in node.value}


Core.add_constructor(MAP, mapping)

folder, questions, answers = sys.argv[1:]
judges = {}
for kind in ("station", "schedule", "holidays"):
    with open(f"{folder}/{kind}.schema.json", encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft7Validator.check_schema(schema)
    judges[kind] = jsonschema.Draft7Validator(schema)

with open(questions, encoding="utf-8") as asked, open(answers, "w", encoding="utf-8") as out:
    for line in asked:
        question = json.loads(line)
        try:
            mistake = next(judges[question["kind"]].iter_errors(values_of(question["yaml"])), None)
            answer = "" if mistake is None else "/".join(map(str, mistake.absolute_path)) + ": " + mistake.message
        except yaml.YAMLError as why:
            answer = "no YAML: " + str(why)
        out.write(json.dumps(answer) + "\n")
