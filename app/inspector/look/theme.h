// SPDX-License-Identifier: MIT
#pragma once

#include <QtGui/QColor>
#include <QtGui/QIcon>

/// The one place for colours and icons. Every colour keeps a contrast of at least 4.5:1 (WCAG AA) on the table's background,
/// Outline one of 3:1 on that and the window's, in light and in dark palettes.
namespace Sojourn::Inspector::Theme {

enum class Colour { Accent, Muted, Good, Warning, Bad, JsonName, JsonString, JsonNumber, JsonKeyword, Outline };

/// Whether the application's palette is a dark one now.
[[nodiscard]] bool isDark();
[[nodiscard]] QColor colour(Colour colour);
/// The colours that connections may be marked with; they stand out in both palettes (3:1 at least).
[[nodiscard]] QList<QColor> markers();
/// The drawing :/icons/NAME.svg in the palette's text colour, drawn anew for each size and when the palette changes.
[[nodiscard]] QIcon icon(const QString &name);
/// A dot in \a colour: beside the name of a store.
[[nodiscard]] QIcon dot(const QColor &colour, bool filled = true);
/// A palette for --color-scheme light or dark, where the system's own is not wanted.
[[nodiscard]] QPalette palette(bool dark);

} // namespace Sojourn::Inspector::Theme
