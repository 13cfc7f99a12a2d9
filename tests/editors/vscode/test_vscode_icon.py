"""The icon of the marketplace is the drawing: images/icon.png is made from images/icon.svg."""

import base64

import pytest
from vscode_tools import EXTENSION
from vscode_window import Editor

SIZE = 256
# The mean difference of two pictures, 0 to 255: what two renderers differ by at edges is below 1.
_DIFFERENCE = """
async ([drawing, picture, size]) => {
  const pixels = async (address) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0, size, size);
    return [image.naturalWidth, context.getImageData(0, 0, size, size).data];
  };
  const [, drawn] = await pixels(drawing);
  const [width, pictured] = await pixels(picture);
  const sum = drawn.reduce((total, value, at) => total + Math.abs(value - pictured[at]), 0);
  return [width, sum / drawn.length];
}
"""


def test_the_icon_is_the_drawing(editor: Editor, request: pytest.FixtureRequest) -> None:
    svg, png = (EXTENSION / "images" / f"icon.{kind}" for kind in ("svg", "png"))
    page = editor.blank_page(SIZE)
    page.set_content(f"<style>body {{ margin: 0 }}</style>{svg.read_text('utf-8')}")
    if request.config.getoption("--update-golden"):
        page.screenshot(path=png, omit_background=True)
    addresses = [
        f"data:image/{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"
        for kind, path in (("svg+xml", svg), ("png", png))
    ]
    width, difference = page.evaluate(_DIFFERENCE, [*addresses, SIZE])
    assert width == SIZE
    assert difference < 1
