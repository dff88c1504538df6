
'use strict';
(function () {
  var byId = function (id) { return document.getElementById(id); };
  var sets = Array.prototype.slice.call(document.querySelectorAll('.set'));
  var words = byId('words');
  var owner = byId('owner');
  var fault = byId('fault');
  var count = byId('count');
  var texts = null;
  var later = 0;

  function matches(set, at, wanted) {
    if (owner.value !== '') { if (set.dataset.o !== owner.value) { return false; } }
    if (fault.value !== '') {
      if ((' ' + set.dataset.f + ' ').indexOf(' ' + fault.value + ' ') === -1) { return false; }
    }
    return wanted.every(function (word) { return texts[at].indexOf(word) !== -1; });
  }

  function show() {
    var wanted = words.value.toLowerCase().split(' ').filter(Boolean);
    // A long page is read only when someone searches.
    if (wanted.length !== 0) {
      if (texts === null) { texts = sets.map(function (set) { return set.textContent.toLowerCase(); }); }
    }
    var seen = 0;
    sets.forEach(function (set, at) {
      var fits = matches(set, at, wanted);
      set.hidden = !fits;
      if (fits) { seen += 1; }
    });
    if (seen === 0) {
      count.textContent = 'No dataset is like this.';
    } else {
      count.textContent = seen === sets.length ? 'All ' + seen + ' datasets' : seen + ' of ' + sets.length + ' datasets';
    }
  }

  // What a rule says of every dataset stands once on the page; where a dataset is opened it is shown there as well.
  function explain(event) {
    var set = event.target;
    if (!set.matches('.set')) { return; }
    Array.prototype.forEach.call(set.querySelectorAll('.found li'), function (found) {
      var link = found.querySelector('small a');
      if (link === null) { return; }
      if (found.querySelector('em') !== null) { return; }
      var term = byId(link.getAttribute('href').slice(1));
      var how = document.createElement('em');
      how.textContent = '→ ' + term.nextElementSibling.querySelector('span').textContent;
      found.insertBefore(how, link.parentNode);
    });
  }

  function soon() {
    window.clearTimeout(later);
    later = window.setTimeout(show, 120);
  }

  document.addEventListener('toggle', explain, true);
  words.addEventListener('input', soon);
  owner.addEventListener('change', show);
  fault.addEventListener('change', show);
  Array.prototype.forEach.call(document.querySelectorAll('a[data-pick]'), function (link) {
    link.addEventListener('click', function () {
      var pick = link.dataset.pick;
      words.value = '';
      owner.value = pick.indexOf('o') === 0 ? pick.slice(1) : '';
      fault.value = pick.indexOf('f') === 0 ? pick.slice(1) : '';
      show();
    });
  });
  byId('search').hidden = false;
  show();
}());
