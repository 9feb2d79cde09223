import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { figureOf } from "./figure.ts";

const head =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" role="img" aria-labelledby="t d"><title id="t">A</title><desc id="d">B</desc>';
const folder = "content/modules/ai-awareness/figures";

describe("a figure", () => {
  it("names its parts after its lesson, so that several can stand in a page", () => {
    const read = figureOf(`<?xml version="1.0"?>\n<!-- note -->${head}<rect x="1"/></svg>`, "what-ai-is");
    expect(read).toEqual({
      ok: true,
      svg:
        head
          .replaceAll('"t"', '"what-ai-is-t"')
          .replaceAll('"d"', '"what-ai-is-d"')
          .replace('"t d"', '"what-ai-is-t what-ai-is-d"') + '<rect x="1"/></svg>',
    });
  });

  it.each([
    [`${head}<script>alert(1)</script></svg>`, "<script> is not allowed"],
    [`${head}<g onload="x()"/></svg>`, 'onload="x()" is not allowed'],
    [`${head}<g onload=x()></g></svg>`, "cannot be read"],
    [`${head}<rect fill="url(https://example.org)"/></svg>`, "is not allowed"],
    [`${head}<foreignObject/></svg>`, "<foreignObject> is not allowed"],
    [`${head}<a href="javascript:x()">x</a></svg>`, "<a> is not allowed"],
    [`${head}<style>*{}</style></svg>`, "<style> is not allowed"],
    [`${head}<g></svg>`, "</svg> closes nothing"],
    [`${head}`, "<svg> is not closed"],
    [`<svg xmlns="http://www.w3.org/2000/svg"></svg>`, "what it shows"],
    [`${head}a > b</svg>`, "stands alone"],
    [`${head}<`, "cannot be read"],
  ])("is refused: %s", (text, reason) => {
    expect(figureOf(text, "l")).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
  });

  it.each(readdirSync(folder))("of the sample content can be used: %s", (name) => {
    expect(figureOf(readFileSync(join(folder, name), "utf8"), "l")).toMatchObject({ ok: true });
  });
});
