// Tables whose columns sort by a click or by the keyboard; the total stays below.
(function () {
  'use strict';
  document.documentElement.classList.add('scripted');

  function key(row, column) {
    var cell = row.cells[column];
    var data = cell.querySelector('data');
    return data ? Number(data.value) : cell.textContent;
  }

  function compare(a, b) {
    return typeof a === 'number' ? a - b : a.localeCompare(b, document.documentElement.lang);
  }

  function sort(table, column) {
    var heads = table.tHead.rows[0].cells;
    var head = heads[column];
    // Numbers are of interest from the largest, names from A.
    var first = head.classList.contains('number') ? 'descending' : 'ascending';
    var second = first === 'ascending' ? 'descending' : 'ascending';
    var order = head.getAttribute('aria-sort') === first ? second : first;
    var sign = order === 'ascending' ? 1 : -1;
    var body = table.tBodies[0];
    Array.from(body.rows)
      .map(function (row) { return { row: row, key: key(row, column) }; })
      .sort(function (a, b) { return sign * compare(a.key, b.key); })
      .forEach(function (entry) { body.appendChild(entry.row); });
    Array.from(heads).forEach(function (other) { other.removeAttribute('aria-sort'); });
    head.setAttribute('aria-sort', order);
  }

  document.querySelectorAll('table.sortable').forEach(function (table) {
    Array.from(table.tHead.rows[0].cells).forEach(function (head, column) {
      var button = document.createElement('button');
      button.className = 'sort';
      button.type = 'button';
      // The name of the column, without its unit.
      button.appendChild(head.firstChild);
      head.prepend(button);
      button.addEventListener('click', function () { sort(table, column); });
    });
    // On paper the total belongs to the last rows, which keep together; a foot may be alone on the next page.
    var total = table.tFoot && table.tFoot.rows[0];
    if (!total) { return; }
    total.classList.add('total');
    addEventListener('beforeprint', function () { table.tBodies[0].appendChild(total); });
    addEventListener('afterprint', function () { table.tFoot.appendChild(total); });
  });
})();
