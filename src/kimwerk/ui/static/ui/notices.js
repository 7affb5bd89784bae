// Notices come as templates from the page, in its language; scripts only put them in place.

export function texts(name) {
  return document.querySelector(`template[data-notice="${name}"]`).content;
}

export function place(name, before) {
  const notice = texts(name).firstElementChild.cloneNode(true);
  notice.dataset.placed = name;
  before.before(notice);
  return notice;
}
