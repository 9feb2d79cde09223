import { z } from "zod";

const flag = z.enum(["true", "false"]).transform((v) => v === "true");

/** `name|endpoint|key|secret`, several separated by white space. */
const lrsTargets = z
  .string()
  .default("")
  .transform((value, ctx) =>
    value
      .split(/\s+/)
      .filter(Boolean)
      .map((entry) => {
        const [name = "", endpoint = "", key = "", secret = ""] = entry.split("|");
        if (!name || !URL.canParse(endpoint) || !key || !secret) {
          ctx.addIssue({
            code: "custom",
            message: "write name|endpoint|key|secret, several separated by spaces",
          });
        }
        return { name, endpoint, key, secret };
      }),
  );

const schema = z
  .object({
    NODE_ENV: z.enum(["production", "development", "test"]).default("production"),
    HOST: z.string().default("127.0.0.1"),
    PORT: z.coerce.number().int().min(0).max(65535).default(3000),
    /** How people reach the server; decides cookie security and allowed origins. */
    BASE_URL: z.url().optional(),
    DATABASE_URL: z
      .string()
      .regex(/^postgres(ql)?:\/\//, "write postgres://user:password@host:5432/database")
      .optional(),
    DATA_DIR: z.string().default("data"),
    /** Ed25519 private key that seals are signed with: PEM, or the path of a file that holds it. */
    SEAL_KEY: z.string().optional(),
    CONTENT_DIR: z.string().default("content"),
    ORGANISATION: z.enum(["sample", "own"]).default("sample"),
    /** Prefix of every xAPI id; fixed at the first start. */
    BASE_IRI: z.url().optional(),
    TRUST_PROXY: flag.default(false),
    LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
    LRS_TARGETS: lrsTargets,
    /** clamd over TCP; without it files of proof are checked by type and content alone. */
    CLAMD_ADDRESS: z
      .string()
      .regex(/^\S+:\d{1,5}$/, "write host:port")
      .optional(),
    /** Mail server; holds a password, so no message repeats it. */
    SMTP_URL: z
      .string()
      .refine(
        (value) => /^smtps?:\/\//.test(value) && URL.canParse(value),
        "write smtp://user:password@host:587, or smtps://…:465",
      )
      .optional(),
    /** Address that mails come from: `learn@company.example` or `Learning <learn@company.example>`. */
    MAIL_FROM: z
      .string()
      .regex(
        /^(?:[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/,
        "write an address, or Name <address>",
      )
      .optional(),
    /** Connections to the mail server at once. */
    SMTP_CONNECTIONS: z.coerce.number().int().min(1).max(20).default(4),
    /** As many mails as the mail server takes from us in a minute; without it as fast as it takes them. */
    MAIL_PER_MINUTE: z.coerce.number().int().min(4).optional(),
    MODEL_BASE_URL: z.url().optional(),
    MODEL_API_KEY: z.string().optional(),
    MODEL_NAME: z.string().optional(),
    /** Model for vectors at the same endpoint; without it passages are found by their words alone. */
    EMBEDDING_MODEL: z.string().optional(),
    MODEL_TIMEOUT_MS: z.coerce.number().int().positive().default(20_000),
    /** What one person may spend of the model on one day (UTC). */
    MODEL_CALLS_PER_DAY: z.coerce.number().int().min(0).default(200),
    /** Characters sent and received; a question of 50 pages has 150,000. */
    MODEL_CHARACTERS_PER_DAY: z.coerce.number().int().min(0).default(400_000),
  })
  .refine((env) => (env.SMTP_URL === undefined) === (env.MAIL_FROM === undefined), {
    path: ["MAIL_FROM"],
    message: "set SMTP_URL and MAIL_FROM together, or neither",
  })
  .refine((env) => (env.MODEL_BASE_URL === undefined) === (env.MODEL_NAME === undefined), {
    path: ["MODEL_NAME"],
    message: "set MODEL_BASE_URL and MODEL_NAME together, or neither",
  })
  .refine((env) => env.EMBEDDING_MODEL === undefined || env.MODEL_BASE_URL !== undefined, {
    path: ["EMBEDDING_MODEL"],
    message: "set MODEL_BASE_URL with EMBEDDING_MODEL, or leave both out",
  });
export type Env = z.infer<typeof schema>;

/** Reads the configuration. Throws one sentence that names the variable and the mend. */
export function readEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ""),
  );
  const result = schema.safeParse(given);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw new Error(`Configuration: ${issue?.path.join(".")}: ${issue?.message}.`);
  }
  return result.data;
}
