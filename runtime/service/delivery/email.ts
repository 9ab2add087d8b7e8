import { createTransport } from 'nodemailer';
import { type Channel, DeliveryFailure } from './channel.ts';

export interface EmailConfig {
  /** `smtp://user:password@host:port` or `smtps://…` (`LINTEL_SMTP_URL`). */
  url: string;
  /** The sender people see (`LINTEL_EMAIL_FROM`). */
  from: string;
}

/** E-mail by SMTP (N7). The Message-ID is made from the message's own id, so that a mail sent twice after a crash is one to the receiver. */
export function createEmail({ url, from }: EmailConfig): Channel {
  const transport = createTransport(url);
  const domain =
    from
      .split('@')
      .at(-1)
      ?.replaceAll(/[^\w.-]/g, '') || 'localhost';
  return {
    async send({ id, rendered, message }) {
      const to = rendered.address;
      if (to === null || !/^[^\s@]+@[^\s@]+$/.test(to))
        throw new DeliveryFailure(`"${message.to}" has no e-mail address`);
      const sent = await transport
        .sendMail({
          from,
          to,
          subject: rendered.title,
          text: rendered.text,
          messageId: `<${id}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
          // Content from templates must not read the server's files or the network.
          disableFileAccess: true,
          disableUrlAccess: true,
        })
        .catch((cause: { responseCode?: number; message: string }) => {
          // 5xx of the mail server is final, except 552 (full for now by many servers).
          if (cause.responseCode !== undefined && cause.responseCode >= 500 && cause.responseCode !== 552)
            throw new DeliveryFailure(cause.message, { cause });
          throw cause;
        });
      return { reference: String(sent.messageId ?? id), status: 'accepted' };
    },
  };
}
