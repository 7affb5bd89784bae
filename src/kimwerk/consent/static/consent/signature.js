// The pad for a signature: what is drawn goes into the form as a picture. Without this module paper is signed.

const WIDTH = 2.5;

function begin(pad) {
  const canvas = pad.querySelector("canvas");
  const clear = pad.querySelector("button");
  const form = pad.closest("form");
  const kept = form.elements.drawn;
  const pen = canvas.getContext("2d");

  const wipe = () => {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.strokeStyle = "#000";
    pen.lineWidth = WIDTH;
    pen.lineCap = pen.lineJoin = "round";
    kept.value = "";
  };
  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) * canvas.width) / box.width, ((event.clientY - box.top) * canvas.height) / box.height];
  };
  const show = () => {
    pad.hidden = form.elements.evidence.value !== "drawn";
  };

  wipe();
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo(...place(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    pen.lineTo(...place(event));
    pen.stroke();
  });
  canvas.addEventListener("pointerup", () => {
    kept.value = canvas.toDataURL("image/png");
  });
  clear.addEventListener("click", wipe);
  form.addEventListener("change", show);
  show();
}

document.querySelectorAll("[data-signature]").forEach(begin);
