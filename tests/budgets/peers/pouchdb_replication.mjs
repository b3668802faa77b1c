// PouchDB on LevelDB to a CouchDB-compatible server and from it, each step timed and counted:
// node pouchdb_replication.mjs PROXY_PORT FOLDER RECORDS.jsonl CHANGES.jsonl
import fs from 'node:fs';
import PouchDB from 'pouchdb';

const [port, folder, recordsFile, changesFile] = process.argv.slice(2);
const read = file => fs.readFileSync(file, 'utf8').trim().split('\n').map(line => JSON.parse(line));
const [records, changes] = [read(recordsFile), read(changesFile)];
const Local = PouchDB.defaults({ prefix: `${folder}/` });
const [sender, receiver] = [new Local('sender'), new Local('receiver')];
const remote = new PouchDB(`http://127.0.0.1:${port}/families`);
await remote.info();
const count = async path => (await fetch(`http://127.0.0.1:${Number(port) + 1}/${path}`)).json();
const steps = {};

async function timed(name, replicate) {
  await count('reset');
  const began = performance.now();
  await replicate();
  steps[name] = { seconds: (performance.now() - began) / 1000, ...await count('') };
}
const push = () => sender.replicate.to(remote, { batch_size: 100, batches_limit: 10 });
const pull = () => receiver.replicate.from(remote, { batch_size: 100, batches_limit: 10 });

await sender.bulkDocs(records);
await timed('first push', push);
await timed('first pull', pull);
for (const { _id, question, answer } of changes) {
  const record = await sender.get(_id);
  record.answers[question] = answer;
  await sender.put(record);
}
await timed('push changes', push);
await timed('pull changes', pull);
await timed('idle', async () => { await push(); await pull(); });
const here = (await receiver.info()).doc_count;
if (here !== records.length) throw new Error(`${here} of ${records.length} records came`);
console.log(JSON.stringify(steps));
process.exit(0);
