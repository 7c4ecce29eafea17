// SPDX-License-Identifier: MIT
#pragma once

#include <QtGui/QSyntaxHighlighter>

namespace Sojourn::Inspector {

/// Colours JSON and underlines the place of a syntax error.
class JsonHighlighter final : public QSyntaxHighlighter
{
    Q_OBJECT
public:
    using QSyntaxHighlighter::QSyntaxHighlighter;

    /// The character at \a position is where the JSON stops making sense; -1 for nowhere.
    void setErrorPosition(int position);

protected:
    void highlightBlock(const QString &text) override;

private:
    int m_errorPosition = -1;
};

} // namespace Sojourn::Inspector
