// A TCP proxy on loopback that counts bytes, adds delay and limits the rate, as a hotspot does.
// node wire_proxy.mjs LISTEN TARGET [milliseconds one way] [kbit/s]
// LISTEN + 1 answers {up, down, connections}; /reset zeroes them.
import net from 'node:net';
import http from 'node:http';

const [LISTEN, TARGET, DELAY = 0, RATE = 0] = process.argv.slice(2).map(Number);
const SMALL_BUFFER = 100; // ms of bytes that queue before the sender is held
let passed = { up: 0, down: 0, connections: 0 };
const free = { up: 0, down: 0 }; // when each direction of the one link is free

function pipe(from, to, way) {
  const queue = [];
  let ended = false;
  const deliver = () => setTimeout(() => {
    const now = performance.now() + 0.5;
    while (queue.length && queue[0].at <= now) {
      const { bytes } = queue.shift();
      if (!to.destroyed) to.write(bytes);
    }
    if (queue.length) deliver();
    else if (ended) to.end();
  }, Math.max(1, queue[0].at - performance.now()));
  from.on('data', bytes => {
    passed[way] += bytes.length;
    if (!DELAY && !RATE) {
      if (!to.write(bytes)) { from.pause(); to.once('drain', () => from.resume()); }
      return;
    }
    const now = performance.now();
    free[way] = Math.max(now, free[way]) + (RATE ? bytes.length * 8 / RATE : 0);
    const behind = free[way] - now;
    if (behind > 2 * SMALL_BUFFER) {
      from.pause();
      setTimeout(() => from.resume(), behind - SMALL_BUFFER);
    }
    queue.push({ at: free[way] + DELAY, bytes });
    if (queue.length === 1) deliver();
  });
  from.on('end', () => { ended = true; if (!queue.length) to.end(); });
  from.on('error', () => to.destroy());
  from.on('close', () => { if (!ended) to.destroy(); });
}

net.createServer({ allowHalfOpen: true }, client => {
  passed.connections++;
  const server = net.connect({ port: TARGET, host: '127.0.0.1', allowHalfOpen: true });
  for (const socket of [client, server]) socket.setNoDelay(true);
  pipe(client, server, 'up');
  pipe(server, client, 'down');
}).listen(LISTEN, '127.0.0.1');

http.createServer((asked, answer) => {
  if (asked.url === '/reset') passed = { up: 0, down: 0, connections: 0 };
  answer.end(JSON.stringify(passed));
}).listen(LISTEN + 1, '127.0.0.1', () => console.log('ready'));
