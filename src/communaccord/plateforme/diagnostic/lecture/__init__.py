"""Files read: official tables of public data, workbooks of the sheets. Pure: neither database nor clock."""
