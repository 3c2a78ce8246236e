// A streamed answer as this SDK reads it: `node response_stream.mjs ENDPOINT`. What it says is on one line of JSON.

import { InvokeEndpointWithResponseStreamCommand, SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime';

const runtime = new SageMakerRuntimeClient({ maxAttempts: 1 });

const said = async (words) => {
  const parts = [];
  const decoder = new TextDecoder();
  const answer = await runtime.send(
    new InvokeEndpointWithResponseStreamCommand({
      EndpointName: process.argv[2],
      ContentType: 'application/json',
      Accept: 'text/plain',
      Body: JSON.stringify({ says: words }),
    }),
  );
  const { ContentType: type, InvokedProductionVariant: variant } = answer;
  try {
    for await (const event of answer.Body) {
      parts.push(decoder.decode(event.PayloadPart.Bytes));
    }
  } catch (error) {
    return { text: parts.join(''), type, variant, error: error.name, code: error.ErrorCode };
  }
  return { text: parts.join(''), type, variant };
};

console.log(JSON.stringify([await said(['one ', 'two']), await said(['made ', 'fail'])]));
