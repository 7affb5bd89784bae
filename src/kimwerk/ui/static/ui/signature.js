// The pad for a signature: what is drawn goes as a picture into the field that `data-signature` names. The pad shows
// while the choice in `data-signature-when` ("field=value") is made. Without this module paper is signed.

const WIDTH = 2.5;

function begin(pad) {
  const canvas = pad.querySelector("canvas");
  const clear = pad.querySelector("button");
  const form = pad.closest("form");
  const kept = form.elements[pad.dataset.signature];
  const [choice, value] = pad.dataset.signatureWhen?.split("=") ?? [];
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
    pad.hidden = Boolean(choice) && form.elements[choice].value !== value;
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
