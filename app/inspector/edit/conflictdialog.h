// SPDX-License-Identifier: MIT
#pragma once

#include "storeeditor.h"

#include <QtWidgets/QDialog>

class QTreeWidget;

namespace Sojourn::Inspector {

/// Fills \a table with a row for each attribute that any of \a sides has, a column a side, and marks those that are not alike.
/// \return how many differ.
int fillComparison(QTreeWidget *table, const QStringList &titles, const QList<QJsonObject> &sides, bool onlyDifferences);

/// What an edit met: as the person saw it, as it is now, as they want it; and the choice.
class ConflictDialog final : public QDialog
{
    Q_OBJECT
public:
    explicit ConflictDialog(const Conflict &conflict, QWidget *parent = nullptr);

Q_SIGNALS:
    void keepTheirs();
    void writeMine();
    void editAgain();
};

} // namespace Sojourn::Inspector
