// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

/// How many columns of a terminal \a text takes. What a person sees as one letter counts as one: an accent takes none, a letter
/// of East Asia or an emoji, joined or not, two.
[[nodiscard]] qsizetype textWidth(QStringView text);
/// As much of \a text as fits into \a width columns, never a part of a letter.
[[nodiscard]] QString cutToWidth(const QString &text, qsizetype width);
