// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QChar>

/// Whether \a character joins letters, as Persian and emoji need it.
inline bool isJoiner(char32_t character)
{
    return character == 0x200c || character == 0x200d;
}

/// Whether \a character is not seen, but steers: a terminal, the direction of what stands behind it, or what two names that look
/// alike are taken for.
inline bool steers(char32_t character)
{
    switch (QChar::category(character)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return !isJoiner(character);
    default:
        return false;
    }
}
