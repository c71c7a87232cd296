import project from './hsproject.json'
import app from './src/app/app-hsmeta.json'
import webhooks from './src/app/webhooks/webhooks-hsmeta.json'

/** The name of the file that an owner runs. */
export const SCRIPT_NAME = 'botpress-inbox.mjs'

/** `gateway` is Botpress' webhook address without the bot's own part, or the part of all bots that share an app. */
export type Bot = { gateway: string; webhookId: string }

/**
 * The script that creates an owner's HubSpot app: it writes this folder's files with the bot's addresses, signs in if
 * necessary, uploads, and prints what to do next. Only `bot` differs between owners. Throws `TypeError` for values that
 * could be more than addresses.
 */
export function appScript({ gateway, webhookId }: Bot): string {
  if (!/^(integration\/global\/([\w-]+\/)?)?[\w-]+$/.test(webhookId) || !/^https?:\/\/[\w.:/-]+$/.test(gateway))
    throw new TypeError('not a webhook URL')
  const files = {
    'hsproject.json': project,
    'src/app/app-hsmeta.json': app,
    'src/app/webhooks/webhooks-hsmeta.json': webhooks,
  }
  return `${WORDS.replaceAll('"', '`')}
const BOT = read(\`${JSON.stringify({ gateway, webhookId })}\`)
const FILES = read(\`${JSON.stringify(files, undefined, 1)}\`)

${PROGRAM.replaceAll('"', '`')}`
}

// Mail and chat programs turn quotes and double hyphens into typographic ones. The script has only backticks, restores
// the quotes of its JSON, and has no double hyphen. Old versions of Node must be able to read it, to be told so.
const WORDS = `/* Creates the HubSpot app of your Botpress bot and uploads it. Run it in a terminal: node ${SCRIPT_NAME} */

const read = (json) => JSON.parse(json.replace(/[\\u201c-\\u201f\\u2033]/g, String.fromCharCode(34)))`

const PROGRAM = `const say = (text) => console.log(text)
const option = (name) => "-".repeat(2) + name
const stop = (text) => {
  console.error(text)
  process.exit(1)
}

/* Each bot has its own app, because HubSpot sends the events of an app to one address. */
FILES["hsproject.json"].name += "-" + BOT.webhookId.toLowerCase().slice(-8)

const TARGET = BOT.gateway + "/" + BOT.webhookId

async function main() {
  if (parseInt(process.versions.node, 10) < 20) {
    stop("This needs Node 20 or later, but you have \${process.version}. Install the current version from https://nodejs.org and run this file again.")
  }
  const folder = await writeFiles()
  if (process.argv.includes(option("write-only"))) return say("The HubSpot app was written to " + folder)
  say("Uploading the app. The first time, this downloads HubSpot's command line, which takes a minute.")
  const upload = "project upload " + option("force")
  let uploaded = await hubspot(upload, folder)
  if (uploaded.status !== 0 && /account auth|access key|account needs|not configured/i.test(uploaded.output)) {
    say("\\nYou are not signed in to HubSpot. It now opens in your browser: sign in, choose the account that has the inbox, and create the personal access key.")
    const signedIn = await hubspot("account auth " + option("use-default-name ") + option("default"), folder, "inherit")
    if (signedIn.status !== 0) stop("Signing in failed. The reason is above. Run this file again.")
    uploaded = await hubspot(upload, folder)
  }
  if (uploaded.status !== 0) stop("HubSpot did not take the app. The reason is above. Correct it and run this file again.")
  tellNext((await hubspot("project info " + option("json"), folder, "quiet")).output)
}

/* In a temporary folder, because this one may be read-only. */
async function writeFiles() {
  const { mkdirSync, mkdtempSync, writeFileSync } = await import("fs")
  const { dirname, join, resolve } = await import("path")
  const { tmpdir } = await import("os")
  let problem
  for (const parent of [tmpdir(), "."]) {
    try {
      const folder = resolve(mkdtempSync(join(parent, "botpress-inbox-")))
      for (const name of Object.keys(FILES)) {
        const text = JSON.stringify(FILES[name], null, 2)
        mkdirSync(dirname(join(folder, name)), { recursive: true })
        writeFileSync(join(folder, name), text.replace("WEBHOOK_URL", TARGET).replace("REDIRECT_URL", BOT.gateway + "/oauth") + "\\n")
      }
      return folder
    } catch (thrown) {
      problem = thrown.code
    }
  }
  stop("The files of the app cannot be written (\${problem}). Move this file to a folder of your own and run it there.")
}

async function hubspot(command, cwd, show) {
  const { spawn } = await import("child_process")
  const stdio = show === "inherit" ? show : ["inherit", "pipe", "pipe"]
  return new Promise((done) => {
    const line = "npx " + option("yes") + " -p @hubspot/cli@8 hs " + command
    const child = spawn(line, { cwd, shell: true, stdio })
    let output = ""
    for (const name of ["stdout", "stderr"]) {
      if (child[name]) child[name].on("data", (text) => {
        if (name === "stdout" || show !== "quiet") output += text
        if (show !== "quiet") process[name].write(text)
      })
    }
    child.on("error", (thrown) => stop("The terminal cannot start npx (\${thrown.code}). It comes with Node: install Node from https://nodejs.org and run this file again."))
    child.on("close", (status) => {
      if (status === 127) stop("npx is missing. It comes with Node: install Node from https://nodejs.org and run this file again.")
      done({ status, output })
    })
  })
}

function tellNext(output) {
  let info = {}
  try {
    info = JSON.parse(output.slice(output.indexOf("{")))
  } catch (thrown) {
    info = {}
  }
  const app = info.app || {}
  const page = (name) =>
    info.projectUrl ? info.projectUrl + "/component/" + app.uid + "/" + name : "HubSpot > Development > Projects > the app > " + name
  const [overview, account] = String(info.projectUrl).split("/project/")[0].split("/developer-projects/")
  const keys = account ? overview + "/developer-overview/" + account + " > Keys" : "HubSpot > Development > Keys"
  say(\`
The app is uploaded. Now:

1. Open the page Distribution and add your account\${account ? " " + account : ""} to the list. Do not install the app there.
   \${page("distribution")}
2. Copy these values to the configuration of the integration in Botpress:
   App ID             \${app.id || "on the page of the app, not the Project ID"}
   Client ID          \${app.clientId || page("auth")}
   Client Secret      \${page("auth")}
   Developer API Key  \${keys}
3. Save there, then click Authorize.\`)
}

main().catch((thrown) => stop("Something unexpected went wrong: \${thrown.message}. Run this file again."))
`
