// A bucket's whole life by its host name, which is how this SDK asks where an endpoint has a name: `node buckets_in_hosts.mjs BUCKET`.

import { Agent } from 'node:http';

import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { NodeHttpHandler } from '@smithy/node-http-handler';

const Bucket = process.argv[2];
// What ends in `.localhost` is this machine (RFC 6761); not every system's resolver knows.
const lookup = (_name, options, done) =>
  options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);
const requestHandler = new NodeHttpHandler({ httpAgent: new Agent({ lookup }) });
const s3 = new S3Client({ requestHandler, maxAttempts: 1 });

const keys = async () => ((await s3.send(new ListObjectsV2Command({ Bucket }))).Contents ?? []).map(({ Key }) => Key);

await s3.send(new CreateBucketCommand({ Bucket }));
await s3.send(new PutObjectCommand({ Bucket, Key: 'a b/ä.txt', Body: 'picture' }));
await s3.send(new PutObjectCommand({ Bucket, Key: 'empty' }));
const listed = await keys();
const body = await (await s3.send(new GetObjectCommand({ Bucket, Key: 'a b/ä.txt' }))).Body.transformToString();
await s3.send(new DeleteObjectCommand({ Bucket, Key: 'empty' }));
const { Buckets } = await s3.send(new ListBucketsCommand({}));
const link = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: 'a b/ä.txt' }));
const said = { Metadata: { label: 'one' }, Tagging: 'team=fraud', ServerSideEncryption: 'AES256' };
const upload = await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key: 'linked', ...said }));
const form = await createPresignedPost(s3, { Bucket, Key: 'uploads/${filename}', Conditions: [['content-length-range', 0, 9]] });

console.log(
  JSON.stringify({ listed, body, left: await keys(), buckets: Buckets.map(({ Name }) => Name), link, upload, form }),
);
