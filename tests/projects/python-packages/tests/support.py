ITEM = "tea"
