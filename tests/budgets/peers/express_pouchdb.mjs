// A CouchDB-compatible server on loopback: node express_pouchdb.mjs PORT FOLDER
import express from 'express';
import PouchDB from 'pouchdb';
import serve from 'express-pouchdb';

const [port, folder] = process.argv.slice(2);
const app = express();
const options = { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: `${folder}/log.txt` };
app.use('/', serve(PouchDB.defaults({ prefix: `${folder}/` }), options));
app.listen(Number(port), '127.0.0.1', () => console.log('ready'));
