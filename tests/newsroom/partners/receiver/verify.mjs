// Verify what stands on standard input, {secret, body, headers}, as a partner's server would; prints the event's type.
import { Webhook } from "standardwebhooks";

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const { secret, body, headers } = JSON.parse(Buffer.concat(chunks).toString());
console.log(new Webhook(secret).verify(body, headers).type);
