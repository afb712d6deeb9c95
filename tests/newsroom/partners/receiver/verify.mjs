// Verify what stands on standard input, {secret, body, headers}, as a partner's server would: prints the event's type,
// or exits with 2 and what the library says against it.
import { Webhook, WebhookVerificationError } from "standardwebhooks";

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const { secret, body, headers } = JSON.parse(Buffer.concat(chunks).toString());
try {
  console.log(new Webhook(secret).verify(body, headers).type);
} catch (error) {
  if (!(error instanceof WebhookVerificationError)) throw error;
  console.error(`WebhookVerificationError: ${error.message}`);
  process.exitCode = 2;
}
