# A review workflow as code: the AWS provider, pointed at secondlook.
#
#   secondlook team create reviewers --invite you@example.org     (people are invited, not provisioned)
#   secondlook exec -- terraform apply -var workteam=reviewers
#
# `secondlook exec` gives the provider its keys; the endpoint stands below so that a plan cannot reach AWS by accident.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.60"
    }
  }
}

variable "url" {
  description = "Where the server answers: what `secondlook env` prints as AWS_ENDPOINT_URL, with localhost for 127.0.0.1."
  default     = "http://localhost:8700" # the provider asks ACCOUNT.localhost for tags
}

variable "region" {
  default = "us-east-1"
}

variable "account" {
  default = "123456789012"
}

variable "workteam" {
  description = "The private work team that answers."
}

provider "aws" {
  region = var.region

  endpoints {
    iam       = var.url
    s3        = var.url
    s3control = var.url
    sagemaker = var.url
    sts       = var.url
  }

  s3_use_path_style           = true
  skip_metadata_api_check     = true
  skip_credentials_validation = true
}

resource "aws_sagemaker_human_task_ui" "boxes" {
  human_task_ui_name = "boxes"

  ui_template {
    content = file("${path.module}/worker-task-template.html")
  }
}

resource "aws_s3_bucket" "reviews" {
  bucket = "reviews"
}

resource "aws_sagemaker_flow_definition" "boxes" {
  flow_definition_name = "boxes"
  role_arn             = "arn:aws:iam::${var.account}:role/service-role/reviews"

  human_loop_config {
    human_task_ui_arn                     = aws_sagemaker_human_task_ui.boxes.arn
    workteam_arn                          = "arn:aws:sagemaker:${var.region}:${var.account}:workteam/private-crowd/${var.workteam}"
    task_count                            = 1
    task_title                            = "Correct the boxes"
    task_description                      = "Correct the boxes that a model drew, and add what it missed."
    task_time_limit_in_seconds            = 3600
    task_availability_lifetime_in_seconds = 864000
  }

  output_config {
    s3_output_path = "s3://${aws_s3_bucket.reviews.bucket}/answers/"
  }
}

output "flow_definition_arn" {
  value = aws_sagemaker_flow_definition.boxes.arn
}
