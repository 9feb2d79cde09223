import type { Root } from "hast";
import rehypeSanitize, { defaultSchema } from "rehype-sanitize";
import rehypeSlug from "rehype-slug";
import rehypeStringify from "rehype-stringify";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";
import { visit } from "unist-util-visit";

const processor = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkRehype)
  .use(rehypeSanitize, { ...defaultSchema, clobberPrefix: "" })
  .use(rehypeSlug)
  .use(plainEmptyHeads)
  .use(rehypeStringify);

/** GFM begins every table with a row of heads; an empty one heads nothing, and is read aloud as a nameless head. */
function plainEmptyHeads() {
  return (tree: Root): void =>
    visit(tree, "element", (node) => {
      if (node.tagName === "th" && node.children.length === 0) node.tagName = "td";
    });
}

/** Authors' Markdown (GFM) as HTML with scripts, styles and event handlers removed, headings with ids. */
export function renderMarkdown(markdown: string): string {
  return String(processor.processSync(markdown));
}
