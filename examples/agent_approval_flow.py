"""A flow definition in which people let an agent act, change what it does, or stop it.

    secondlook team create approvers --invite you@example.org     # open the link it prints
    secondlook exec -- python agent_approval_flow.py approvers    # prints the name of the flow definition

Agents ask in it by `secondlook mcp` or as langgraph_approval.py does; docs/agents.md says more.
"""

import sys
from pathlib import Path

import boto3

NAME = "agent-approval"
TEMPLATE = Path(__file__).parent / "templates/agent-action-approval/template.liquid.html"

if len(sys.argv) not in (2, 3):
    sys.exit("usage: agent_approval_flow.py TEAM [NAME]")
team, name = sys.argv[1], sys.argv[2] if len(sys.argv) == 3 else NAME

sagemaker, s3 = boto3.client("sagemaker"), boto3.client("s3")
arns = {
    row["WorkteamName"]: row["WorkteamArn"]
    for row in sagemaker.list_workteams(NameContains=team)["Workteams"]
}
if team not in arns:
    sys.exit(f"There is no work team {team} yet: secondlook team create {team} --invite you@example.org")

s3.create_bucket(Bucket=name)
page = sagemaker.create_human_task_ui(HumanTaskUiName=name, UiTemplate={"Content": TEMPLATE.read_text()})
sagemaker.create_flow_definition(
    FlowDefinitionName=name,
    RoleArn="arn:aws:iam::123456789012:role/service-role/reviews",
    HumanLoopConfig={
        "WorkteamArn": arns[team],
        "HumanTaskUiArn": page["HumanTaskUiArn"],
        "TaskCount": 1,
        "TaskTitle": "May the agent do this?",
        "TaskDescription": "Approve an action of an agent, change it, or reject it.",
    },
    OutputConfig={"S3OutputPath": f"s3://{name}/answers"},
)
print(name)
