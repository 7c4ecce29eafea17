// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/Snapshot>

#include <QtWidgets/QDialog>

namespace Sojourn::Inspector {

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
    ImportDialog(const QString &file, const QString &store, ImportPreview preview, TimePoint now, QWidget *parent);

Q_SIGNALS:
    void importWanted(Sojourn::ImportOptions::OnConflict policy);
};

} // namespace Sojourn::Inspector
