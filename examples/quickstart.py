"""A human loop from start to answer, with plain boto3 and nothing else.

    secondlook serve                                            # in one terminal
    secondlook team create reviewers --invite you@example.org   # in another; open the link it prints
    secondlook exec -- python quickstart.py

Without `secondlook exec`, `eval "$(secondlook env)"` does as well: boto3 needs no more than the environment. A browser warns about the
certificate of the https link until `secondlook trust` is followed; on this machine the http link that `secondlook serve` prints opens
the same portal.
"""

import json
import sys
import time

import boto3

TEAM = "reviewers"
TEMPLATE = """
<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <h2>Is this review friendly?</h2>
  <blockquote>{{ task.input.text }}</blockquote>
  <p><label><input type="radio" name="tone" value="friendly" required> Friendly</label></p>
  <p><label><input type="radio" name="tone" value="unfriendly" required> Unfriendly</label></p>
  <p><label>Why? <input name="why"></label></p>
  <short-instructions>The model was not sure. Read the text and decide.</short-instructions>
</crowd-form>
"""

sagemaker, a2i, s3 = (boto3.client(name) for name in ("sagemaker", "sagemaker-a2i-runtime", "s3"))
now = int(time.time())

teams = {team["WorkteamName"]: team for team in sagemaker.list_workteams(NameContains=TEAM)["Workteams"]}
if TEAM not in teams:
    sys.exit(f"There is no work team {TEAM} yet: secondlook team create {TEAM} --invite you@example.org")
team = teams[TEAM]

s3.create_bucket(Bucket=f"quickstart-{now}")
task_ui = sagemaker.create_human_task_ui(HumanTaskUiName=f"tone-{now}", UiTemplate={"Content": TEMPLATE})
flow = sagemaker.create_flow_definition(
    FlowDefinitionName=f"tone-{now}",
    RoleArn="arn:aws:iam::123456789012:role/service-role/reviews",
    HumanLoopConfig={
        "WorkteamArn": team["WorkteamArn"],
        "HumanTaskUiArn": task_ui["HumanTaskUiArn"],
        "TaskCount": 1,
        "TaskTitle": "Friendly or not?",
        "TaskDescription": "Say how a short text sounds.",
    },
    OutputConfig={"S3OutputPath": f"s3://quickstart-{now}/answers"},
)

loop = f"tone-{now}-1"
a2i.start_human_loop(
    HumanLoopName=loop,
    FlowDefinitionArn=flow["FlowDefinitionArn"],
    HumanLoopInput={"InputContent": json.dumps({"text": "Well, that was quite a performance."})},
)
print(f"{loop} waits for somebody in {TEAM}: https://{team['SubDomain']}")

while (description := a2i.describe_human_loop(HumanLoopName=loop))["HumanLoopStatus"] == "InProgress":
    time.sleep(1)
if description["HumanLoopStatus"] != "Completed":
    sys.exit(f"{description['HumanLoopStatus']}: {description.get('FailureReason', '')}")

bucket, key = description["HumanLoopOutput"]["OutputS3Uri"].removeprefix("s3://").split("/", 1)
answer = json.load(s3.get_object(Bucket=bucket, Key=key)["Body"])
print(json.dumps(answer["humanAnswers"][0]["answerContent"], indent=2))
