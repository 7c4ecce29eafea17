// SPDX-License-Identifier: MIT
#pragma once

#include "outcome.h"

#include <QtCore/QTemporaryFile>

#include <memory>

/// Whether \a text, which may name a file, is taken for a store URL.
[[nodiscard]] bool isStoreUrl(const QString &text);

/// The same text for all ways to name one store: storeAddress(), also of the path of a file.
[[nodiscard]] QString addressOf(const QString &urlOrPath);

/// The file that holds what \a fileName, which may be - for standard input or a pipe, has to say: snapshots are read twice.
class InputFile
{
public:
    [[nodiscard]] static Outcome<InputFile> open(const QString &fileName);

    [[nodiscard]] QString path() const { return m_copy ? m_copy->fileName() : m_name; }
    /// \a text with the name that the person knows in place of that of the copy.
    [[nodiscard]] QString inWords(QString text) const { return m_copy ? text.replace(m_copy->fileName(), m_name) : text; }

private:
    QString m_name; ///< as the person would say it
    std::unique_ptr<QTemporaryFile> m_copy;
};
