/** All commands. The palette's titles and menus are in package.json; a test compares the two. */

import type { Command } from "../app.ts";
import { LOOKING_COMMANDS } from "./looking.ts";
import { MODEL_COMMANDS } from "./models.ts";
import { REVIEW_COMMANDS } from "./review.ts";
import { SERVER_COMMANDS } from "./server.ts";
import { TASK_COMMANDS } from "./tasks.ts";

export const COMMANDS: readonly Command[] = [
  ...TASK_COMMANDS,
  ...REVIEW_COMMANDS,
  ...LOOKING_COMMANDS,
  ...MODEL_COMMANDS,
  ...SERVER_COMMANDS,
];
