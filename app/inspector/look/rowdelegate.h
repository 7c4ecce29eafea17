// SPDX-License-Identifier: MIT
#pragma once

#include <QtWidgets/QStyledItemDelegate>
#include <QtWidgets/QTreeWidget>

namespace Sojourn::Inspector {

/// Rows with some air, equally high whatever their icons and scripts.
class RowDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const QSize size = QStyledItemDelegate::sizeHint(option, index);
        return QSize(size.width(), std::max(size.height(), option.fontMetrics.height() + 8));
    }
};

/// A list of such rows under \a headers, which \a name tells to a screen reader.
inline QTreeWidget *makeList(const QString &name, const QStringList &headers)
{
    auto *list = new QTreeWidget;
    list->setAccessibleName(name);
    list->setHeaderLabels(headers);
    list->setItemDelegate(new RowDelegate(list));
    list->setRootIsDecorated(false);
    list->setUniformRowHeights(true);
    return list;
}

} // namespace Sojourn::Inspector
