// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/Snapshot>

#include <QtWidgets/QDialog>

namespace Sojourn::Inspector {

class OpenStore;

/// What an import would do: how many sessions in all, and the first of them one by one.
struct ImportPreview
{
    static constexpr qsizetype Listed = 1000;

    struct Session
    {
        SessionInfo info;
        bool isExpired;
        std::optional<SessionInfo> present; ///< in the store
    };

    void add(const ImportCandidate &candidate);

    ImportSummary summary;
    QList<Session> sessions;
};

/// Shows what an import would do, and asks whether and how to do it.
class ImportDialog final : public QDialog
{
    Q_OBJECT
public:
    /// \a file goes into \a store; in production its name has to be typed.
    ImportDialog(const QString &file, const OpenStore &store, ImportPreview preview, QWidget *parent = nullptr);

Q_SIGNALS:
    void importWanted(Sojourn::ImportOptions::OnConflict policy);
};

} // namespace Sojourn::Inspector
