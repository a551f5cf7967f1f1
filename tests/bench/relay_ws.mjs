// The peer: a relay with Node's `ws`, which does what floor_websocket does.
// node relay_ws.mjs FOLDER-WITH-node_modules
import { createRequire } from 'node:module';

const require = createRequire(process.argv[2] + '/');
const { WebSocketServer } = require('ws');

const ack = '{"ctrl":{"code":202,"id":"123456","params":{"seq":123456},"text":"accepted",'
  + '"topic":"grpAAAAAAAAAAA","ts":"2026-01-01T00:00:00.000Z"}}';

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, backlog: 512 }, () => {
  console.log(`Listening on ws://127.0.0.1:${server.address().port}`);
});
server.on('connection', (client) => {
  client.on('message', (data) => {
    for (const other of server.clients) {
      if (other !== client)
        other.send(data, { binary: false });
    }
    client.send(ack);
  });
});
